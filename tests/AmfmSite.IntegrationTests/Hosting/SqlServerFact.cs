namespace AmfmSite.IntegrationTests.Hosting;

/// <summary>A test that needs a SQL Server: the one whose connection string stands in TEST_SQLSERVER. Without it the test is skipped and says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SqlServerFact : FactAttribute
{
    public SqlServerFact()
    {
        if (ConnectionString.Length == 0)
            Skip = "Needs a SQL Server: put a connection string into TEST_SQLSERVER.";
    }

    public static string ConnectionString => Environment.GetEnvironmentVariable("TEST_SQLSERVER") ?? "";
}
