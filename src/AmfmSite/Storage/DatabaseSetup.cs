using AmfmSite.Storage.Sqlite;
using AmfmSite.Storage.SqlServer;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace AmfmSite.Storage;

/// <summary>Chooses the engine once.</summary>
public static class DatabaseSetup
{
    public const string ConnectionName = "Site", SqliteFile = "amfmsite.db";

    public static IServiceCollection AddDatabase(this IServiceCollection services, IConfiguration configuration, string dataDirectory)
    {
        var options = configuration.GetSection(DatabaseOptions.Section).Get<DatabaseOptions>() ?? new();
        var connection = configuration.GetConnectionString(ConnectionName) ?? "";
        switch (options.Provider)
        {
            case DatabaseProvider.Sqlite:
                services.AddDbContext<AmfmDbContext, SqliteAmfmDbContext>((provider, builder) => Common(provider, builder)
                    .UseSqlite(connection.Length > 0 ? connection : $"Data Source={Path.Combine(dataDirectory, SqliteFile)}")
                    .AddInterceptors(new SqlitePragmas()), optionsLifetime: ServiceLifetime.Singleton);
                break;
            case DatabaseProvider.SqlServer:
                if (connection.Length == 0)
                    throw new SettingsException($"ConnectionStrings:{ConnectionName} is empty. With Database:Provider=SqlServer it names the server and the database.");
                services.AddDbContext<AmfmDbContext, SqlServerAmfmDbContext>((provider, builder) => Common(provider, builder)
                    .UseSqlServer(connection, server => server.EnableRetryOnFailure()), optionsLifetime: ServiceLifetime.Singleton);
                break;
        }

        return services.AddScoped<Tallies>().AddSingleton<GroupCommit>();
    }

    // Commands are logged at Debug: at the template's level they cost a quarter of the throughput.
    private static DbContextOptionsBuilder Common(IServiceProvider provider, DbContextOptionsBuilder builder) => builder
        .AddInterceptors(provider.GetServices<IInterceptor>())
        .ConfigureWarnings(warnings => warnings.Log((RelationalEventId.CommandExecuted, LogLevel.Debug)));
}
