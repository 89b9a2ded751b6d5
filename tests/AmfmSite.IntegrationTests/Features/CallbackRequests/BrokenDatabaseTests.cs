using System.Net;
using AmfmSite.IntegrationTests.Hosting;
using Microsoft.Data.Sqlite;

namespace AmfmSite.IntegrationTests.Features.CallbackRequests;

public sealed class BrokenDatabaseTests
{
    [Fact]
    public async Task Post_CannotBeStored_SaysSoHonestlyKeepsTheAnswersAndRecoversAlone()
    {
        await using var site = new SiteHost();
        using var client = site.NewClient();
        using var before = await new CallbackPost().SendAsync(client);
        await ExecuteAsync(site, "ALTER TABLE CallbackRequests RENAME TO Gone");

        using (var answer = await new CallbackPost().With("Name", "Robin Unstored").With("Note", "every word kept").SendAsync(client))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            var page = await answer.ReadAsync();
            Assert.Equal("Robin Unstored", page.QuerySelector("#f-name")!.GetAttribute("value"));
            Assert.Equal("every word kept", page.QuerySelector("#f-note")!.TextContent);
            Assert.Contains("866-478-4383", page.QuerySelector(".summary")!.TextContent, StringComparison.Ordinal);
            Assert.Null(page.QuerySelector("[data-reference]"));
        }

        using (var received = await client.GetAsync(before.Headers.Location))
        {
            Assert.Equal(HttpStatusCode.InternalServerError, received.StatusCode);
            var page = await received.ReadAsync();
            Assert.Equal("Something broke on our side", page.QuerySelector("h1")!.TextContent);
            Assert.NotNull(page.QuerySelector("aside.crisis a[href='tel:988']"));
        }

        using (var reading = await client.GetAsync("/conditions/social-isolation")) Assert.Equal(HttpStatusCode.OK, reading.StatusCode);

        await ExecuteAsync(site, "ALTER TABLE Gone RENAME TO CallbackRequests");
        using var after = await new CallbackPost().SendAsync(client);
        Assert.Equal(HttpStatusCode.SeeOther, after.StatusCode);
    }

    [Fact]
    public async Task Post_FarTooMuch_IsAnsweredInTheSameLayout()
    {
        await using var site = new SiteHost();
        using var client = site.NewClient();
        using (var huge = await new CallbackPost().With("Note", new string('x', 200_000)).SendAsync(client))
        {
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, huge.StatusCode);
            Assert.Contains("tel:988", await huge.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        var many = new CallbackPost();
        for (var i = 0; i < 3000; i++) many.With($"a{i}", "1");
        using var keys = await many.SendAsync(client);
        Assert.InRange((int)keys.StatusCode, 400, 499);
        Assert.Contains("tel:988", await keys.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static async Task ExecuteAsync(SiteHost site, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={site.DatabaseFile}");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
