using System.Net;
using System.Security.Cryptography;
using AmfmSite.Features.CallbackRequests;
using AmfmSite.IntegrationTests.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;

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

    [Theory]
    [InlineData(typeof(RetryLimitExceededException))]
    [InlineData(typeof(TimeoutException))]
    [InlineData(typeof(CryptographicException))]
    [InlineData(typeof(IOException))]
    public async Task Post_StoringFailsInAnotherWay_Is503WithTheTextKept(Type fault)
    {
        await using var site = new SiteHost { Interceptors = { new FailingSave((Exception)Activator.CreateInstance(fault, "made by the test")!, afterCommit: false) } };
        using var client = site.NewClient();
        using var answer = await new CallbackPost().With("Name", "Robin Unstored").SendAsync(client);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal("Robin Unstored", (await answer.ReadAsync()).QuerySelector("#f-name")!.GetAttribute("value"));
        Assert.Equal(0, await site.InDatabaseAsync(db => db.CallbackRequests.CountAsync()));
    }

    [Fact]
    public async Task Post_CommittedButTheAnswerOfTheDatabaseIsLost_IsAcknowledgedAndStoredOnce()
    {
        await using var site = new SiteHost { Interceptors = { new FailingSave(new TimeoutException("made by the test"), afterCommit: true) } };
        using var client = site.NewClient();
        using var answer = await new CallbackPost().SendAsync(client);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.NotNull((await client.GetPageAsync(answer.Headers.Location!.ToString())).QuerySelector("[data-reference]"));
        Assert.Equal(1, await site.InDatabaseAsync(db => db.CallbackRequests.CountAsync()));
        Assert.Equal(1, await site.InDatabaseAsync(db => db.OutboxMessages.CountAsync()));
    }

    /// <summary>Fails when a request is saved, before the commit or after it.</summary>
    private sealed class FailingSave(Exception fault, bool afterCommit) : SaveChangesInterceptor
    {
        private bool _isRequest;

        public override ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            _isRequest = eventData.Context!.ChangeTracker.Entries<CallbackRequest>().Any(entry => entry.State == EntityState.Added);
            return _isRequest && !afterCommit ? throw fault : ValueTask.FromResult(result);
        }

        public override ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default) =>
            _isRequest ? throw fault : ValueTask.FromResult(result);
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
