using System.Globalization;
using AmfmSite.Features.CallbackRequests;
using AmfmSite.IntegrationTests.Hosting;
using AmfmSite.Storage.Sealing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AmfmSite.IntegrationTests.Storage;

/// <summary>What was deleted or sealed anew is gone from the disk, not only from the tables.</summary>
public sealed class DeletedBytesTests
{
    [Fact]
    public async Task Connection_OfTheSite_OverwritesWhatIsDeletedAndSyncs()
    {
        await using var site = new SiteHost();
        Assert.Equal(1, await PragmaAsync(site, "secure_delete"));
        Assert.Equal(2, await PragmaAsync(site, "synchronous"));
    }

    /// <summary>The pool gives it to whoever stores a request next, and tells it nothing again.</summary>
    [Fact]
    public async Task Connection_OnWhichTheLogWasEmptied_IsAsPatientAsBefore()
    {
        await using var site = new SiteHost();
        Assert.Equal(5000, await site.InDatabaseAsync(async db =>
        {
            await db.Database.OpenConnectionAsync();
            await db.ForgetDeletedAsync(CancellationToken.None);
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = "PRAGMA busy_timeout";
            return Convert.ToInt32(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
        }));
    }

    [Fact]
    public async Task Retention_AfterDeleting_LeavesNoSealedBytesInFileOrLog()
    {
        await using var site = new SiteHost();
        var (bytes, id) = await StoreAndCloseAsync(site);
        Assert.NotEmpty(await RawBytes.FilesWithAsync(site.Directory, bytes));
        Assert.Equal(1, await site.RunRetentionAsync());
        Assert.Empty(await RawBytes.FilesWithAsync(site.Directory, bytes));
        Assert.False(await site.InDatabaseAsync(db => db.CallbackRequests.AnyAsync(request => request.Id == id)));
    }

    [Fact]
    public async Task Retention_WhileSomebodyReads_IsNotHeldUpAndTheNextRunFinishes()
    {
        await using var site = new SiteHost();
        var (bytes, _) = await StoreAndCloseAsync(site);
        await using (var reader = new SqliteConnection($"Data Source={site.DatabaseFile};Pooling=False"))
        {
            await reader.OpenAsync();
            await using var reading = reader.BeginTransaction(deferred: true);
            await using var command = reader.CreateCommand();
            command.Transaction = reading;
            command.CommandText = "SELECT COUNT(*) FROM CallbackRequests";
            await command.ExecuteScalarAsync();
            var began = TimeProvider.System.GetTimestamp();
            Assert.Equal(1, await site.RunRetentionAsync());
            Assert.InRange(TimeProvider.System.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(4));
            Assert.NotEmpty(await RawBytes.FilesWithAsync(site.Directory, bytes));
        }

        Assert.Equal(0, await site.RunRetentionAsync());
        Assert.Empty(await RawBytes.FilesWithAsync(site.Directory, bytes));
    }

    [Fact]
    public async Task Reencrypt_LeavesNoBytesOfTheOldKey()
    {
        await using var site = new SiteHost();
        var (bytes, _) = await StoreAndCloseAsync(site);
        site.Services.GetRequiredService<RequestKeyRing>().Rotate(TimeProvider.System);
        await using (var scope = site.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<Resealing>().RunAsync((_, _) => { }, CancellationToken.None);
        Assert.Empty(await RawBytes.FilesWithAsync(site.Directory, bytes));
    }

    /// <summary>Three requests, one closed long ago, and the sealed bytes of that one.</summary>
    private static async Task<(List<byte[]> Bytes, Guid Id)> StoreAndCloseAsync(SiteHost site)
    {
        using var client = site.NewClient();
        for (var i = 0; i < 3; i++)
            using (await new CallbackPost().With("Note", new string('n', 499)).SendAsync(client)) { }
        return await site.InDatabaseAsync(async db =>
        {
            var request = await db.CallbackRequests.OrderBy(request => request.ReceivedAt).Skip(1).FirstAsync();
            var (staff, long_ago) = (Guid.NewGuid(), TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-400));
            request.Claim(staff, long_ago);
            request.Close(RequestOutcome.Declined, staff, long_ago);
            await db.SaveChangesAsync();

            return (RawBytes.PartsOf(request.Name, request.Phone!, request.SafeContact, request.Details, request.Note!), request.Id);
        });
    }

    private static Task<long> PragmaAsync(SiteHost site, string name) => site.InDatabaseAsync(async db =>
    {
        await db.Database.OpenConnectionAsync();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = $"PRAGMA {name}";
        return (long)(await command.ExecuteScalarAsync())!;
    });
}
