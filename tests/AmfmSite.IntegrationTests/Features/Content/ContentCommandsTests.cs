using AmfmSite.Features.Content.Pictures;
using AmfmSite.IntegrationTests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AmfmSite.IntegrationTests.Features.Content;

/// <summary>The commands about content, as an operator types them: the built program, a database file, directories.</summary>
public sealed class ContentCommandsTests : IDisposable
{
    private static readonly string Shipped = Path.Combine(SiteProcess.RepositoryDirectory(), "src", "AmfmSite", "Content");

    private readonly string _directory = Directory.CreateTempSubdirectory("amfmsite-commands-").FullName;
    private readonly PackCopy _pack = new();

    public void Dispose()
    {
        _pack.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task Export_EmptyDatabaseImportExport_GivesTheSameBytes()
    {
        // Not what we ship, or a command that copies our own pack would pass.
        _pack.Change("pages/agoraphobia.md", "lead: \"", "lead: \"Ünicode, \U0001F642 and “quotes”. ");
        await File.AppendAllTextAsync(_pack.FileOf("pages/loneliness.md"), "\nA line without an end");
        await File.WriteAllTextAsync(_pack.FileOf("pages/about.md"), (await File.ReadAllTextAsync(_pack.FileOf("pages/about.md"))).ReplaceLineEndings("\r\n"));
        File.Delete(_pack.FileOf("redirects.yaml"));
        await AddPictureAsync("heron", TestPictures.Png());
        await AddPictureAsync("reed", TestPictures.Svg("<rect width=\"3\" height=\"2\"/>"));
        var (first, second) = (In("first"), In("second"));

        Assert.Equal(0, (await RunAsync("a", "content", "import", "--from", _pack.FileOf(""))).Exit);
        var (exit, output, _) = await RunAsync("a", "content", "export", "--to", first);
        Assert.Equal((0, true), (exit, output.Contains("new        pages/agoraphobia.md", StringComparison.Ordinal)));
        var import = await RunAsync("b", "content", "import", "--from", first);
        Assert.True(import.Exit == 0, import.Talk);
        Assert.Equal(0, (await RunAsync("b", "content", "export", "--to", second)).Exit);

        var files = Files(_pack.FileOf(""));
        Assert.True(files.Count > 250, $"{files.Count} files");
        Assert.Equal(files, Files(first));
        Assert.Equal(files, Files(second));
        foreach (var file in files)
        {
            var bytes = await File.ReadAllBytesAsync(_pack.FileOf(file));
            Assert.Equal(bytes, await File.ReadAllBytesAsync(Path.Combine(first, file)));
            Assert.Equal(bytes, await File.ReadAllBytesAsync(Path.Combine(second, file)));
        }
    }

    /// <summary>An import is no back door: what did not go through the cleaner does not come in, whatever it is called.</summary>
    [Fact]
    public async Task Import_PictureThatWasNotCleanedHere_IsRefusedAndOneThatIsMissingIsNamed()
    {
        var name = await AddPictureAsync("heron", TestPictures.Svg("<rect width=\"3\" height=\"2\"/>"));
        var file = _pack.FileOf($"pictures/files/{name}");
        var clean = await File.ReadAllBytesAsync(file);
        foreach (var bytes in new[] { TestPictures.Svg("<script>alert(1)</script><rect width=\"3\" height=\"2\"/>"), [.. clean, (byte)'\n'], TestPictures.Png(), new byte[PictureFile.MostBytes + 1] })
        {
            await File.WriteAllBytesAsync(file, bytes);
            foreach (var dry in new[] { true, false })
            {
                var refused = await RunAsync("a", ["content", "import", .. dry ? ["--dry-run"] : Array.Empty<string>(), "--from", _pack.FileOf("")]);
                Assert.Equal(1, refused.Exit);
                Assert.Contains($"pictures/files/{name}: is not as this site stores pictures", refused.Talk, StringComparison.Ordinal);
            }
        }

        File.Delete(file);
        var missing = await RunAsync("a", "content", "import", "--dry-run", "--from", _pack.FileOf(""));
        Assert.Contains($"pictures/heron.yaml:1: file: {name} is not stored here.", missing.Talk, StringComparison.Ordinal);
        await File.WriteAllBytesAsync(file, clean);
        Assert.Equal(0, (await RunAsync("a", "content", "import", "--from", _pack.FileOf(""))).Exit);

        // What is lost later is said, and keeps nothing else from being served.
        await using (var database = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={In("a", "data", "amfmsite.db")};Pooling=False"))
        {
            await database.OpenAsync();
            await using var command = database.CreateCommand();
            command.CommandText = "DELETE FROM PictureFiles";
            Assert.Equal(1, await command.ExecuteNonQueryAsync());
        }

        var (_, doctor, _) = await RunAsync("a", "doctor");
        Assert.Contains($"FAULT content: published before this rule: pictures/heron.yaml:1: file: {name} is not stored here.", doctor, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ForgetPicture_OfSomebodyWhoTookTheirConsentBack_LeavesNoByteOfIt()
    {
        var name = await AddPictureAsync("heron", TestPictures.Svg("<rect width=\"3\" height=\"2\" id=\"forget-me-entirely\"/><use href=\"#forget-me-entirely\"/>"));
        var database = In("a", "data", "amfmsite.db");
        Assert.Equal(0, (await RunAsync("a", "content", "import", "--from", _pack.FileOf(""))).Exit);
        Assert.Contains("forget-me-entirely", await File.ReadAllTextAsync(database), StringComparison.Ordinal);

        var shown = await RunAsync("a", "content", "forget-picture", "--file", name);
        Assert.Equal(1, shown.Exit);
        Assert.Contains($"{name} is published: pictures/heron.yaml. Take the record down", shown.Talk, StringComparison.Ordinal);
        var unknown = await RunAsync("a", "content", "forget-picture", "--file", "heron.png");
        Assert.Equal(1, unknown.Exit);
        Assert.Contains("No uploaded picture is stored as \"heron.png\".", unknown.Talk, StringComparison.Ordinal);

        File.Delete(_pack.FileOf("pictures/heron.yaml"));
        Assert.Equal(0, (await RunAsync("a", "content", "import", "--from", _pack.FileOf(""))).Exit);
        var (exit, output, talk) = await RunAsync("a", "content", "forget-picture", "--file", name);
        Assert.True(exit == 0, talk);
        Assert.Contains($"{name} is deleted.", output, StringComparison.Ordinal);
        foreach (var file in new[] { database, database + "-wal" }.Where(File.Exists)) Assert.DoesNotContain("forget-me-entirely", await File.ReadAllTextAsync(file), StringComparison.Ordinal);
        await using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={database};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT Detail FROM AuditEntries WHERE Action = 'PictureDeleted'";
        Assert.Equal(name, await command.ExecuteScalarAsync());
    }

    [Fact]
    public async Task Export_DirectoryWithOtherFiles_IsRefusedAndAPackIsBroughtUpToDate()
    {
        await RunAsync("a", "content", "import");
        var other = In("other");
        Directory.CreateDirectory(other);
        await File.WriteAllTextAsync(Path.Combine(other, "letter.txt"), "Dear all");
        var refused = await RunAsync("a", "content", "export", "--to", other);
        Assert.Equal((1, ""), (refused.Exit, refused.Output));
        Assert.Contains("is no content pack", refused.Talk, StringComparison.Ordinal);
        Assert.Equal(["letter.txt"], Files(other));

        _pack.Change("pages/loneliness.md", "lead: \"", "lead: \"Changed. ");
        File.Delete(_pack.FileOf("pages/crisis.md"));
        await File.WriteAllTextAsync(_pack.FileOf("pages/gone.md"), "An old page");
        await File.WriteAllTextAsync(_pack.FileOf("README.txt"), "Ours");
        var (exit, output, _) = await RunAsync("a", "content", "export", "--to", _pack.FileOf(""));
        Assert.Equal(0, exit);
        Assert.Equal(
            ["new        pages/crisis.md", "changed    pages/loneliness.md", "removed    pages/gone.md"],
            output.Split('\n').Where(line => line.Contains(".md", StringComparison.Ordinal)));
        Assert.Contains("1 files new, 1 changed, 1 removed", output, StringComparison.Ordinal);
        Assert.Equal([.. Files(Shipped).Append("README.txt").Order(StringComparer.Ordinal)], Files(_pack.FileOf("")));

        var empty = await RunAsync("empty", "content", "export", "--to", _pack.FileOf(""));
        Assert.Equal(1, empty.Exit);
        Assert.Contains("Nothing is published in this database yet", empty.Talk, StringComparison.Ordinal);
        Assert.Contains("pages/crisis.md", Files(_pack.FileOf("")));
    }

    [Fact]
    public async Task Import_DryRun_SaysWhatWouldBeAndWritesNothing()
    {
        var fresh = await RunAsync("a", "content", "import", "--dry-run");
        Assert.True(fresh.Exit == 0, fresh.Talk);
        Assert.Contains("new        pages/agoraphobia.md", fresh.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(In("a", "data", "amfmsite.db")), "A dry run made a database.");

        await RunAsync("a", "content", "import");
        var before = await File.ReadAllBytesAsync(In("a", "data", "amfmsite.db"));
        _pack.Change("pages/agoraphobia.md", "lead: \"", "lead: \"Written anew. ");
        File.Copy(_pack.FileOf("glossary/abstract.md"), _pack.FileOf("glossary/summary.md"));
        File.Delete(_pack.FileOf("synonyms.yaml"));
        var (exit, output, talk) = await RunAsync("a", "content", "import", "--dry-run", "--from", _pack.FileOf(""));
        Assert.True(exit == 0, talk);
        var lines = output.Split('\n');
        Assert.Contains("new        glossary/summary.md", lines);
        Assert.Contains("withdrawn  synonyms.yaml", lines);
        var at = Array.IndexOf(lines, "changed    pages/agoraphobia.md");
        Assert.StartsWith("    - lead: \"", lines[at + 1], StringComparison.Ordinal);
        Assert.StartsWith("    + lead: \"Written anew. ", lines[at + 2], StringComparison.Ordinal);
        Assert.Contains("1 new, 1 changed, 1 withdrawn, 0 kept as edited here", lines);
        Assert.Equal(before, await File.ReadAllBytesAsync(In("a", "data", "amfmsite.db")));

        _pack.Change("pages/agoraphobia.md", "parent: conditions", "parent: nowhere");
        var faulty = await RunAsync("a", "content", "import", "--dry-run", "--from", _pack.FileOf(""));
        Assert.Equal(1, faulty.Exit);
        Assert.Contains("nowhere is no page of this pack. [record-link]", faulty.Talk, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("content", "import", "--dryrun", "yes")]
    [InlineData("content", "export")]
    [InlineData("content", "export", "--to")]
    [InlineData("content", "check-links", "--from", "x")]
    public async Task Command_CalledWrongly_SaysHowAndDoesNothing(params string[] arguments)
    {
        var (exit, output, talk) = await RunAsync("a", arguments);
        Assert.Equal((2, ""), (exit, output));
        Assert.Contains("--", talk, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CheckLinks_PlacesDoisAndOtherSites_AreLookedAt()
    {
        var asked = new List<string>();
        await using var other = await OtherSiteAsync(asked);
        var address = other.Urls.Single();
        var pack = SmallPack($"{address}/well", $"{address}/gone", $"{address}/no-programs", $"{address}/moved", $"http://127.0.0.1:{SiteProcess.FreePort()}/nobody");
        var import = await RunAsync("a", "content", "import", "--from", pack);
        Assert.True(import.Exit == 0, import.Talk);

        var inner = await RunAsync("a", "content", "check-links");
        Assert.Equal((0, ""), (inner.Exit, inner.Output));
        Assert.Contains("5 addresses of other sites were not asked", inner.Talk, StringComparison.Ordinal);
        Assert.Empty(asked);

        var (exit, output, talk) = await RunAsync("a", "content", "check-links", "--external");
        Assert.Equal(1, exit);
        Assert.Contains($"ok    {address}/well (200) in references.json", output, StringComparison.Ordinal);
        Assert.Contains($"FAULT {address}/gone (404) in references.json", output, StringComparison.Ordinal);
        Assert.Contains($"note  {address}/no-programs (403) in references.json", output, StringComparison.Ordinal);
        Assert.Contains($"ok    {address}/moved (200, moved to {address}/well) in references.json", output, StringComparison.Ordinal);
        Assert.Contains("/nobody (", output, StringComparison.Ordinal);
        Assert.Contains("2 links are to be mended.", talk, StringComparison.Ordinal);
        Assert.Equal(["HEAD /gone", "GET /gone"], asked.Where(line => line.EndsWith("/gone", StringComparison.Ordinal)));
    }

    /// <summary>What is live may be older than the rules, or have come in past them.</summary>
    [Fact]
    public async Task CheckLinks_BrokenOnesInTheDatabase_AreNamedWithTheirLines()
    {
        await RunAsync("a", "content", "import", "--from", SmallPack());
        await using (var database = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={In("a", "data", "amfmsite.db")};Pooling=False"))
        {
            await database.OpenAsync();
            await using var command = database.CreateCommand();
            command.CommandText = "UPDATE ContentRevision SET Source = replace(Source, 'Text.', 'See [what it is not](page:home#what-not).') WHERE Source LIKE '%Text.%'; UPDATE ContentRevision SET Source = replace(Source, '\"title\":\"A\"', '\"title\":\"A\",\"DOI\":\"10.1037\"')";
            await command.ExecuteNonQueryAsync();
        }

        var (exit, output, talk) = await RunAsync("a", "content", "check-links");
        Assert.Equal(1, exit);
        Assert.Contains("FAULT pages/home.md:10: The page home has no place #what-not.", output, StringComparison.Ordinal);
        Assert.Contains("\"10.1037\" is no DOI.", output, StringComparison.Ordinal);
        Assert.Contains("2 links are to be mended.", talk, StringComparison.Ordinal);
    }

    private static async Task<WebApplication> OtherSiteAsync(List<string> asked)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var site = builder.Build();
        site.Run(context =>
        {
            lock (asked) asked.Add($"{context.Request.Method} {context.Request.Path}");
            context.Response.StatusCode = context.Request.Path.Value switch { "/well" => 200, "/moved" => 301, "/no-programs" => 403, _ => 404 };
            if (context.Response.StatusCode == 301) context.Response.Headers.Location = "/well";
            return Task.CompletedTask;
        });
        await site.StartAsync();
        return site;
    }

    private string SmallPack(params string[] addresses)
    {
        var pack = In("small");
        Directory.CreateDirectory(Path.Combine(pack, "pages"));
        File.Copy(Path.Combine(Shipped, "provider.yaml"), Path.Combine(pack, "provider.yaml"));
        File.Copy(Path.Combine(Shipped, "settings.yaml"), Path.Combine(pack, "settings.yaml"));
        File.WriteAllText(Path.Combine(pack, "pages", "home.md"), "---\nkind: home\nslug: /\ntitle: Home\ndescription: It.\nlead: It.\n---\n## What it is {#what}\n\nText.\n");
        File.WriteAllText(Path.Combine(pack, "references.json"), $"[{string.Join(",", addresses.Select((url, i) => $$"""{"id":"R{{i}}","type":"webpage","title":"A","URL":"{{url}}"}""").DefaultIfEmpty("""{"id":"R0","type":"webpage","title":"A"}"""))}]");
        return pack;
    }

    /// <returns>The name of its file.</returns>
    private async Task<string> AddPictureAsync(string key, byte[] bytes)
    {
        var picture = PictureCleaner.Clean(bytes);
        Directory.CreateDirectory(_pack.FileOf("pictures/files"));
        await File.WriteAllBytesAsync(_pack.FileOf($"pictures/files/{picture.Name}"), picture.Bytes);
        await File.WriteAllTextAsync(_pack.FileOf($"pictures/{key}.yaml"), $"file: {picture.Name}\nkind: drawing\nalt: A {key} by the water.\nby: A test\npeople: false\n");
        return picture.Name;
    }

    private string In(params string[] below) => Path.Combine([_directory, .. below]);

    private Task<(int Exit, string Output, string Talk)> RunAsync(string site, params string[] arguments) => SiteProcess.RunAsync(
        new Dictionary<string, string> { ["ASPNETCORE_ENVIRONMENT"] = "Development", ["Data__Directory"] = In(site, "data"), ["Logging__LogLevel__Default"] = "Warning" }, arguments);

    private static List<string> Files(string directory) => [.. Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(directory, file).Replace('\\', '/')).Order(StringComparer.Ordinal)];
}
