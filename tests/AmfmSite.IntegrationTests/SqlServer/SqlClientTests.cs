using System.Data;
using System.Text;
using AmfmSite.IntegrationTests.Hosting;
using Microsoft.Data.SqlClient;

namespace AmfmSite.IntegrationTests.SqlServer;

/// <summary>
/// SqlClient looks into the assembly Microsoft.SqlServer.Server as soon as a command has a parameter, and throws
/// FileNotFoundException where it is missing. On a partial feed src/Microsoft.SqlServer.Server stands in for it.
/// </summary>
public class SqlClientTests
{
    static readonly Guid SomeId = Guid.Parse("b2c9fd34-6a5b-4e1c-9a51-6f0f5ab8a2d1");
    static readonly DateTime SomeTime = new(2026, 3, 2, 10, 11, 12, DateTimeKind.Utc);

    [Fact]
    public async Task Execute_CommandWithParameters_ReachesTheWire()
    {
        await using var server = FakeSqlServer.Start();
        await using var connection = new SqlConnection(server.ConnectionString);
        await connection.OpenAsync();
        await using var command = CommandWithEveryType(connection, "UPDATE Requests SET Name = @text");

        var rows = await command.ExecuteNonQueryAsync();

        Assert.Equal(1, rows);
        var received = Assert.Single(server.Commands);
        Assert.Equal("UPDATE Requests SET Name = @text", received.Sql);
        Assert.Equal("@text nvarchar(4),@int int,@long bigint,@bool bit,@id uniqueidentifier,@bytes varbinary(3),@time datetime,@time2 datetime2(7),@null nvarchar(4000)", received.Declarations);
        Assert.Equal("Zoë!", Encoding.Unicode.GetString(received.Parameters["@text"]!));
        Assert.Equal(42, BitConverter.ToInt32(received.Parameters["@int"]));
        Assert.Equal(1L << 40, BitConverter.ToInt64(received.Parameters["@long"]));
        Assert.Equal([1], received.Parameters["@bool"]);
        Assert.Equal(SomeId, new Guid(received.Parameters["@id"]!));
        Assert.Equal([1, 2, 3], received.Parameters["@bytes"]);
        Assert.Equal(8, received.Parameters["@time"]!.Length);
        Assert.Equal(8, received.Parameters["@time2"]!.Length);
        Assert.Null(received.Parameters["@null"]);
    }

    [Fact]
    public async Task Execute_CommandWithoutParameters_ReachesTheWire()
    {
        await using var server = FakeSqlServer.Start();
        await using var connection = new SqlConnection(server.ConnectionString);
        await connection.OpenAsync();
        await using var command = new SqlCommand("DELETE FROM Requests", connection);

        await command.ExecuteNonQueryAsync();

        Assert.Equal("DELETE FROM Requests", Assert.Single(server.Commands).Sql);
    }

    [SqlServerFact]
    public async Task Execute_EveryType_ComesBackUnchanged()
    {
        await using var connection = new SqlConnection(SqlServerFact.ConnectionString);
        await connection.OpenAsync();
        await using var command = CommandWithEveryType(connection, "SELECT @text, @int, @long, @bool, @id, @bytes, @time, @time2, @null");

        await using var reader = await command.ExecuteReaderAsync();

        Assert.True(await reader.ReadAsync());
        var row = new object[reader.FieldCount];
        reader.GetValues(row);
        Assert.Equal(["Zoë!", 42, 1L << 40, true, SomeId, new byte[] { 1, 2, 3 }, SomeTime, SomeTime, DBNull.Value], row);
    }

    static SqlCommand CommandWithEveryType(SqlConnection connection, string sql)
    {
        var command = new SqlCommand(sql, connection);
        command.Parameters.AddWithValue("@text", "Zoë!");
        command.Parameters.AddWithValue("@int", 42);
        command.Parameters.AddWithValue("@long", 1L << 40);
        command.Parameters.AddWithValue("@bool", true);
        command.Parameters.AddWithValue("@id", SomeId);
        command.Parameters.AddWithValue("@bytes", new byte[] { 1, 2, 3 });
        command.Parameters.AddWithValue("@time", SomeTime);
        command.Parameters.Add("@time2", SqlDbType.DateTime2).Value = SomeTime;
        command.Parameters.Add("@null", SqlDbType.NVarChar, 4000).Value = DBNull.Value;
        return command;
    }
}
