using AmfmSite.Features.Staff;
using AmfmSite.IntegrationTests.SqlServer;
using AmfmSite.Outbox;
using AmfmSite.Storage;
using AmfmSite.Storage.SqlServer;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AmfmSite.IntegrationTests.Faults;

/// <summary>F27, as far as it goes without a SQL Server: the server of our own answers as one does that has chosen us as the victim of a deadlock, or is moving to another machine.</summary>
public sealed class DeadlockTests
{
    private const int Deadlock = 1205, MovedAway = 40613;

    [Theory]
    [InlineData(Deadlock)]
    [InlineData(MovedAway)]
    public async Task Stamp_ServerGivesUpOnce_IsRepeatedOnce(int error)
    {
        await using var server = FakeSqlServer.Start();
        server.Errors.Enqueue(error);
        var settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Database:Provider"] = "SqlServer",
            ["ConnectionStrings:Site"] = server.ConnectionString,
        }).Build();
        await using var services = new ServiceCollection().AddLogging().Configure<IdentityOptions>(StaffSetup.Stores).AddDatabase(settings, "")

            // As in SiteHost: more than twenty providers in one process are tests here, not a mistake.
            .ConfigureDbContext<SqlServerAmfmDbContext>(options => options.ConfigureWarnings(warnings => warnings.Ignore(CoreEventId.ManyServiceProvidersCreatedWarning)))
            .BuildServiceProvider();
        await using var scope = services.CreateAsyncScope();
        var store = new OutboxStore(scope.ServiceProvider.GetRequiredService<AmfmDbContext>(), new LeaseWatch(TimeProvider.System), Options.Create(new OutboxOptions()), TimeProvider.System);

        Assert.True(await store.StampSentAsync(new OutboxLease(Guid.NewGuid(), Guid.NewGuid(), 1), CancellationToken.None));
        Assert.Equal(2, server.Commands.Count);
        Assert.Single(server.Commands.Select(command => command.Sql).Distinct());
    }
}
