using System.Diagnostics;
using System.Net;
using AmfmSite.Features.Content;
using AmfmSite.IntegrationTests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.IntegrationTests.Features.Content;

/// <summary>The pack while the site runs: what is taken, what is kept, and that a fault changes nothing.</summary>
public sealed class ContentPackTests : IDisposable
{
    private const string Path = "/conditions/agoraphobia";

    private readonly SiteHost _site = new();
    private readonly PackCopy _pack = new();

    public void Dispose()
    {
        _site.Dispose();
        _pack.Dispose();
    }

    [Fact]
    public async Task Import_PageChangedWhileTheSiteRuns_IsServedWithinSecondsAndTheOthersKeepTheirTags()
    {
        using var client = _site.NewClient();
        var (tag, other) = (await TagAsync(client, Path), await TagAsync(client, "/conditions/loneliness"));
        _pack.Change("pages/agoraphobia.md", "lead: \"", "lead: \"It was written anew. ");

        var report = await _pack.ImportAsync(_site);
        Assert.Equal(["pages/agoraphobia.md"], report.Taken);
        await UntilAsync(async () => (await client.GetStringAsync(Path)).Contains("It was written anew.", StringComparison.Ordinal));
        Assert.NotEqual(tag, await TagAsync(client, Path));
        Assert.Equal(other, await TagAsync(client, "/conditions/loneliness"));
    }

    [Fact]
    public async Task Import_PageTakenOutOfThePack_IsNoLongerServed()
    {
        using var client = _site.NewClient();
        File.Delete(_pack.FileOf("glossary/odds-ratio.md"));
        foreach (var page in Directory.EnumerateFiles(_pack.FileOf("pages")))
            await File.WriteAllTextAsync(page, (await File.ReadAllTextAsync(page)).Replace("(term:odds-ratio)", "(page:references)", StringComparison.Ordinal));

        Assert.Contains("odds-ratio", await client.GetStringAsync("/resources/glossary"), StringComparison.Ordinal);
        Assert.Equal(["glossary/odds-ratio.md"], (await _pack.ImportAsync(_site)).Withdrawn);
        await UntilAsync(async () => !(await client.GetStringAsync("/resources/glossary")).Contains("id=\"odds-ratio\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Import_PageThatAnEditorChanged_KeepsTheEditorsTextAndSaysSo()
    {
        using var client = _site.NewClient();
        await client.GetStringAsync(Path);
        await PublishAsEditorAsync("agoraphobia", source => source.Replace("lead: \"", "lead: \"An editor wrote this. ", StringComparison.Ordinal));
        await UntilAsync(async () => (await client.GetStringAsync(Path)).Contains("An editor wrote this.", StringComparison.Ordinal));
        _pack.Change("pages/agoraphobia.md", "lead: \"", "lead: \"The pack says this. ");
        _pack.Change("pages/loneliness.md", "lead: \"", "lead: \"The pack says this. ");

        var report = await _pack.ImportAsync(_site);
        Assert.Equal(["pages/agoraphobia.md"], report.Kept);
        Assert.Equal(["pages/loneliness.md"], report.Taken);
        await UntilAsync(async () => (await client.GetStringAsync("/conditions/loneliness")).Contains("The pack says this.", StringComparison.Ordinal));
        Assert.Contains("An editor wrote this.", await client.GetStringAsync(Path), StringComparison.Ordinal);
    }

    /// <summary>Somebody began to write a record here before the pack brought one of the same name.</summary>
    [Fact]
    public async Task Import_RecordThatIsOnlyADraftHere_LeavesItToWhoWritesIt()
    {
        using var client = _site.NewClient();
        await client.GetStringAsync(Path);
        var word = await File.ReadAllTextAsync(_pack.FileOf("glossary/odds-ratio.md"));
        await _site.InDatabaseAsync(db =>
        {
            var begun = new ContentItem(ContentKinds.Term, "begun-here");
            begun.Save(word, basedOn: 0, new(Guid.NewGuid(), "heron@example.org"), "A new word", DateTime.UtcNow);
            db.ContentItems.Add(begun);
            return db.SaveChangesAsync();
        });
        await File.WriteAllTextAsync(_pack.FileOf("glossary/begun-here.md"), word.Replace("term: ", "term: Packed ", StringComparison.Ordinal));
        var report = await _pack.ImportAsync(_site);
        Assert.Equal(["glossary/begun-here.md"], report.Kept);
        Assert.Empty(report.Taken);
        Assert.Equal((1, null), await _site.InDatabaseAsync(async db => await db.ContentItems.Where(item => item.Key == "begun-here").Select(item => ValueTuple.Create(item.LastNumber, item.LiveNumber)).SingleAsync()));
    }

    [Fact]
    public async Task Import_PackWithFaults_NamesThemAllAndStoresNothing()
    {
        using var client = _site.NewClient();
        var tag = await TagAsync(client, Path);
        _pack.Change("pages/agoraphobia.md", "parent: conditions", "parent: nowhere");
        _pack.Change("pages/loneliness.md", "\n## ", "\nSee [there](page:nowhere).\n\n## ");
        var line = Array.FindIndex(await File.ReadAllLinesAsync(_pack.FileOf("pages/loneliness.md")), text => text.StartsWith("See [there]", StringComparison.Ordinal)) + 1;

        var faults = (await Assert.ThrowsAsync<ContentFaultException>(() => _pack.ImportAsync(_site))).Faults;
        Assert.Contains(faults, fault => fault.File == "pages/agoraphobia.md" && fault.Line > 1 && fault.Message.Contains("nowhere is no page", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.File == "pages/loneliness.md" && fault.Line == line);
        Assert.Equal(1, await _site.InDatabaseAsync(db => db.ContentVersions.Select(row => row.Number).SingleAsync()));
        Assert.Equal(tag, await TagAsync(client, Path));
    }

    [Fact]
    public async Task Import_NothingDiffers_LeavesVersionAndRevisionsAsTheyAre()
    {
        using var client = _site.NewClient();
        await client.GetStringAsync(Path);
        Assert.True((await _pack.ImportAsync(_site)).ChangesNothing);
        Assert.Equal((1, 1), await _site.InDatabaseAsync(async db => ((int)await db.ContentVersions.Select(row => row.Number).SingleAsync(), await db.ContentItems.MaxAsync(item => item.LastNumber))));
    }

    [Fact]
    public async Task Import_EditorsTextComesBackInThePack_ChangesNothingAndThePackCountsAgain()
    {
        using var client = _site.NewClient();
        await client.GetStringAsync(Path);
        await PublishAsEditorAsync("agoraphobia", source => source.Replace("lead: \"", "lead: \"An editor wrote this. ", StringComparison.Ordinal));
        _pack.Change("pages/agoraphobia.md", "lead: \"", "lead: \"An editor wrote this. ");
        var agreed = await _pack.ImportAsync(_site);
        Assert.True(agreed.ChangesNothing);
        Assert.Empty(agreed.Kept);
        Assert.Equal((2, 2), await _site.InDatabaseAsync(async db => ((int)await db.ContentVersions.Select(row => row.Number).SingleAsync(), await db.ContentItems.MaxAsync(item => item.LastNumber))));

        _pack.Change("pages/agoraphobia.md", "An editor wrote this. ", "The pack goes on. ");
        Assert.Equal(["pages/agoraphobia.md"], (await _pack.ImportAsync(_site)).Taken);
    }

    [Fact]
    public async Task Import_ManyAtOnce_TakeItOnceAndMoveTheVersionOnce()
    {
        using var client = _site.NewClient();
        await client.GetStringAsync(Path);
        _pack.Change("pages/agoraphobia.md", "lead: \"", "lead: \"It was written anew. ");
        var reports = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _pack.ImportAsync(_site)));
        Assert.Single(reports, report => report.Taken.Count == 1);
        Assert.Equal((2, 2), await _site.InDatabaseAsync(async db => ((int)await db.ContentVersions.Select(row => row.Number).SingleAsync(), await db.ContentItems.MaxAsync(item => item.LastNumber))));
    }

    /// <summary>Publishes a revision as the editorial desk does, straight in the database.</summary>
    private Task<int> PublishAsEditorAsync(string key, Func<string, string> rewrite) => _site.InDatabaseAsync(async db =>
    {
        var item = await db.ContentItems.Include(item => item.Revisions).SingleAsync(item => item.Kind == ContentKinds.Page && item.Key == key);
        var source = rewrite(item.Revisions.Single().Source);
        await db.Database.ExecuteSqlAsync($"INSERT INTO ContentRevision (ItemId, Number, Source, Author, Reason, CreatedAt) VALUES ({item.Id}, 2, {source}, 'wren', 'clearer', {DateTime.UnixEpoch})");
        await db.Database.ExecuteSqlAsync($"UPDATE ContentItems SET LiveNumber = 2, LastNumber = 2, LiveHash = {ContentHash.Of(source)} WHERE Id = {item.Id}");
        return await db.Database.ExecuteSqlAsync($"UPDATE ContentVersions SET Number = Number + 1");
    });

    private static async Task<string> TagAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return answer.Headers.ETag!.Tag;
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        var waited = Stopwatch.StartNew();
        while (!await holds())
        {
            Assert.True(waited.Elapsed < TimeSpan.FromSeconds(30), "Half a minute has passed, and it is not so.");
            await Task.Delay(100);
        }
    }
}
