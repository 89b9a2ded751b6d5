namespace AmfmSite.IntegrationTests.SqlServer;

/// <summary>What a client asked of <see cref="FakeSqlServer"/>.</summary>
/// <param name="Sql">The text of the batch, or the statement given to sp_executesql.</param>
/// <param name="Declarations">The types as the client declares them: <c>@name nvarchar(4),@count int</c>. Empty for a batch.</param>
/// <param name="Parameters">Each parameter's bytes as they came over the wire, null for NULL.</param>
sealed record ReceivedCommand(string Sql, string Declarations, IReadOnlyDictionary<string, byte[]?> Parameters);
