using System.Text;
using AmfmSite.Features.Staff;

namespace AmfmSite.UnitTests.Features.Staff;

public sealed class AuditEncodingTests
{
    /// <summary>No two of these rows are the same, and each looks like another to a careless encoding.</summary>
    [Fact]
    public void Add_RowsThatDiffer_NeverShareAnEncoding()
    {
        object?[][] rows =
        [
            ["ab", "c"], ["a", "bc"], ["abc", ""], ["", "abc"], ["abc"], ["abc", null], [null, "abc"],
            [1L], ["1"], ["\0\0\0\0\0\0\0\u0001"], [BitConverter.GetBytes(1L).Reverse().ToArray()], [1L, null], [null, 1L], [null], [null, null], [""], [],
            [Encoding.UTF8.GetBytes("abc")], ["ABC"], ["abc "], ["e\u0301"], ["\u00e9"],
            ["7B1A0000-0000-0000-0000-000000000001"], ["7b1a0000-0000-0000-0000-000000000001"], [1.0], [1.5],
        ];
        Assert.Equal(rows.Length, rows.Select(row => Convert.ToHexString(row.Aggregate(new AuditEncoding(), (encoding, value) => encoding.Add(value)).ToArray())).Distinct().Count());
    }

    /// <summary>SQL Server gives types where SQLite gives texts; a database that moves keeps its seals.</summary>
    [Fact]
    public void Add_TimesAndIds_AreEncodedAsSqliteStoresThem()
    {
        Assert.Equal(new AuditEncoding().Add("2026-11-22 10:00:00.1234567").ToArray(), new AuditEncoding().Add(new DateTime(2026, 11, 22, 10, 0, 0).AddTicks(1234567)).ToArray());
        Assert.Equal(new AuditEncoding().Add("2026-11-22 10:00:00").ToArray(), new AuditEncoding().Add(new DateTime(2026, 11, 22, 10, 0, 0)).ToArray());
        Assert.Equal(new AuditEncoding().Add("7B1A0000-0000-0000-0000-000000000001").ToArray(), new AuditEncoding().Add(Guid.Parse("7b1a0000-0000-0000-0000-000000000001")).ToArray());
        Assert.Equal(new AuditEncoding().Add("é").ToArray(), new AuditEncoding().AddText([0xC3, 0xA9]).ToArray());
    }
}
