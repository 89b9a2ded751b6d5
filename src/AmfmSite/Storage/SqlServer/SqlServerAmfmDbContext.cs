using Microsoft.EntityFrameworkCore;

namespace AmfmSite.Storage.SqlServer;

/// <summary>For more than one machine.</summary>
public sealed class SqlServerAmfmDbContext(DbContextOptions<SqlServerAmfmDbContext> options) : AmfmDbContext(options);
