using System.Globalization;

namespace AmfmSite.Features.Intake;

/// <summary>Texts of others in a table that a spreadsheet opens.</summary>
/// <remarks>Source: OWASP, "CSV Injection": a cell that begins with one of these signs is taken for a formula.</remarks>
public static class ExportText
{
    /// <summary>With the full-width and small forms, which some programs read as the plain ones.</summary>
    private const string Formula = "=+-@\t\r\n＝＋－＠﹦﹢﹣﹫";

    /// <returns>The text, with an apostrophe before it where a spreadsheet could take it for a formula.</returns>
    public static string Harmless(string text)
    {
        foreach (var sign in text)
        {
            if (Formula.Contains(sign)) return "'" + text;

            // What a program may cut off before it looks.
            if (!char.IsWhiteSpace(sign) && !char.IsControl(sign) && char.GetUnicodeCategory(sign) != UnicodeCategory.Format) return text;
        }

        return text;
    }
}
