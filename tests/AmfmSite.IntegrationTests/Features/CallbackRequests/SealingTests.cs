using System.Text;
using AmfmSite.Features.CallbackRequests;
using AmfmSite.IntegrationTests.Hosting;
using AmfmSite.Storage.Sealing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AmfmSite.IntegrationTests.Features.CallbackRequests;

public sealed class SealingTests
{
    private static readonly Dictionary<string, string> Canaries = new()
    {
        ["Name"] = "Canaryname Quetzalow",
        ["Phone"] = "646-555-0188",
        ["Email"] = "canarymail@example.org",
        ["OthersMayAnswer"] = "canaryflatmate",
        ["Relationship"] = "canarysister",
        ["Insurer"] = "canaryinsurer",
        ["Language"] = "canarylanguage",
        ["Access"] = "canaryaccess",
        ["Note"] = "canarynote about something",
    };

    private static readonly string[] Traces = [.. Canaries.Values.Where(value => value.StartsWith("canary", StringComparison.Ordinal)), "Canaryname", "Quetzalow", "6465550188", "646-555-0188"];

    [Fact]
    public async Task Post_WithCanaries_LeavesNoneOnDisk()
    {
        await using var site = new SiteHost();
        using var client = site.NewClient();
        var post = new CallbackPost().With("For", "someone");
        foreach (var (name, value) in Canaries) post.With(name, value);
        using (var answer = await post.SendAsync(client)) Assert.Equal(System.Net.HttpStatusCode.SeeOther, answer.StatusCode);
        using (await post.With("Website", "x").With("Note", "canarynote again").SendAsync(client)) { }
        using (await post.Without("Consent").SendAsync(client)) { }
        await WaitForMailAsync(site);

        foreach (var file in Directory.EnumerateFiles(site.Directory, "*", SearchOption.AllDirectories))
        {
            var bytes = await RawBytes.ReadAsync(file);
            foreach (var trace in Traces)
                foreach (var form in new[] { Encoding.UTF8.GetBytes(trace), Encoding.Unicode.GetBytes(trace), Encoding.ASCII.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes(trace)).TrimEnd('=')[..^1]) })
                    Assert.True(bytes.AsSpan().IndexOf(form) < 0, $"{trace} stands in {Path.GetFileName(file)}");
        }
    }

    [Fact]
    public async Task Open_AfterReading_GivesTheAnswersBack()
    {
        await using var site = new SiteHost();
        using var client = site.NewClient();
        var post = new CallbackPost().With("For", "someone");
        foreach (var (name, value) in Canaries) post.With(name, value);
        using (await post.SendAsync(client)) { }

        var vault = site.Services.GetRequiredService<Vault>();
        var request = await site.InDatabaseAsync(db => db.CallbackRequests.AsNoTracking().SingleAsync());
        Assert.Equal(Canaries["Name"], vault.Open(request.Name).TextOrNull);
        Assert.Equal("+16465550188", vault.Open(request.Phone).TextOrNull);
        Assert.Equal(Canaries["Email"], vault.Open(request.Email).TextOrNull);
        Assert.Equal(Canaries["Note"], vault.Open(request.Note).TextOrNull);
        Assert.Equal(Canaries["OthersMayAnswer"], request.OpenSafeContact(vault)!.OthersMayAnswer);
        Assert.Equal(Canaries["Relationship"], request.OpenDetails(vault)!.Relationship);
    }

    [Fact]
    public async Task Open_BytesChangedOrMoved_CannotBeReadAndSaysSo()
    {
        await using var site = new SiteHost();
        using var client = site.NewClient();
        using (await new CallbackPost().SendAsync(client)) { }
        using (await new CallbackPost().SendAsync(client)) { }

        await using (var connection = new SqliteConnection($"Data Source={site.DatabaseFile}"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();

            // The name of one request is put into the other: decrypting must not believe it.
            command.CommandText = "UPDATE CallbackRequests SET SealedName = (SELECT SealedName FROM CallbackRequests ORDER BY ReceivedAt LIMIT 1)";
            await command.ExecuteNonQueryAsync();
        }

        var vault = site.Services.GetRequiredService<Vault>();
        var requests = await site.InDatabaseAsync(db => db.CallbackRequests.AsNoTracking().OrderBy(request => request.ReceivedAt).ToListAsync());
        Assert.False(vault.Open(requests[0].Name).IsUnreadable);
        Assert.True(vault.Open(requests[1].Name).IsUnreadable);
        Assert.Equal("Cannot be read", vault.Open(requests[1].Name).ForDisplay);
        Assert.Equal("+14155550123", vault.Open(requests[1].Phone).TextOrNull);
    }

    [Fact]
    public async Task Seal_NamesOfDifferentLength_TakeTheSameRoom()
    {
        await using var site = new SiteHost();
        _ = site.Address;
        var vault = site.Services.GetRequiredService<Vault>();
        var id = Guid.NewGuid();
        Assert.Equal(vault.Seal(SealedField.Name, id, "Al").Cipher.Length, vault.Seal(SealedField.Name, id, new string('x', 40)).Cipher.Length);
    }

    private static async Task WaitForMailAsync(SiteHost site)
    {
        for (var i = 0; i < 100; i++)
        {
            if (Directory.Exists(site.Mails) && Directory.EnumerateFiles(site.Mails, "*.eml").Any()) return;
            await Task.Delay(100);
        }

        Assert.Fail("No mail was written within ten seconds.");
    }
}
