using System.Diagnostics;
using AmfmSite.IntegrationTests.Hosting;
using AmfmSite.IntegrationTests.Mail;

namespace AmfmSite.IntegrationTests.Abuse;

/// <summary>The mails that a site wrote to its directory, read as a mail program reads them.</summary>
internal static class WrittenMails
{
    /// <summary>Waits for so many, and fails after a minute.</summary>
    public static async Task<IReadOnlyList<(Dictionary<string, string> Headers, string Body, string Head)>> WaitAsync(SiteHost site, int count)
    {
        var waited = Stopwatch.StartNew();
        while (Files(site).Length < count)
        {
            Assert.True(waited.Elapsed < TimeSpan.FromMinutes(1), $"{Files(site).Length} of {count} mails were written within a minute.");
            await Task.Delay(50);
        }

        return [.. Files(site).Select(file =>
        {
            var raw = File.ReadAllText(file).ReplaceLineEndings("\n");
            var (headers, body) = ReceivedMail.Parse(raw);
            return (headers, body, raw[..raw.IndexOf("\n\n", StringComparison.Ordinal)]);
        })];
    }

    private static string[] Files(SiteHost site) => Directory.Exists(site.Mails) ? [.. Directory.EnumerateFiles(site.Mails, "*.eml").Order(StringComparer.Ordinal)] : [];
}
