using AmfmSite.Features.Intake;
using AmfmSite.Features.Staff;

namespace AmfmSite.UnitTests.Features.Intake;

public sealed class ExportTests
{
    [Theory]
    [InlineData("=1+1")]
    [InlineData("+1-415-555-0123")]
    [InlineData("-2")]
    [InlineData("@SUM(A1)")]
    [InlineData("\t=1")]
    [InlineData("\r=1")]
    [InlineData("\n=1")]
    [InlineData("  =1")]
    [InlineData("\u00a0=1")]
    [InlineData("\u200b=1")]
    [InlineData("\ufeff=1")]
    [InlineData("\u3000＝1")]
    [InlineData("＝1+1")]
    [InlineData("＋1")]
    [InlineData("－1")]
    [InlineData("＠x")]
    [InlineData("﹦1")]
    [InlineData("=")]
    public void Harmless_WhatASpreadsheetMayTakeForAFormula_BeginsWithAnApostrophe(string text) => Assert.Equal("'" + text, ExportText.Harmless(text));

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("Robin")]
    [InlineData("415-555-0123")]
    [InlineData("a=1")]
    [InlineData("O'Neil")]
    [InlineData("Ångström, 山田 太郎 🙂")]
    public void Harmless_AnythingElse_StaysAsItWasWritten(string text) => Assert.Equal(text, ExportText.Harmless(text));

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void Trace_Written_FitsIntoTheAuditAndIsReadBack(bool contact, bool notes)
    {
        var trace = new ExportTrace(999_999, new(2026, 1, 1), new(2026, 12, 31), contact, notes, new string('é', ExportTrace.LongestReason));
        Assert.InRange(trace.ToString().Length, 1, AuditEntry.DetailLength);
        Assert.Equal(trace, ExportTrace.Parse(trace.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("12 rows of something")]
    [InlineData("12 rows 2026-13-01/2026-12-31 facts: the reason")]
    public void Parse_NoTrace_IsNull(string detail) => Assert.Null(ExportTrace.Parse(detail));
}
