using Microsoft.EntityFrameworkCore;

namespace AmfmSite.Storage.Sqlite;

/// <summary>The embedded default.</summary>
public sealed class SqliteAmfmDbContext(DbContextOptions<SqliteAmfmDbContext> options) : AmfmDbContext(options);
