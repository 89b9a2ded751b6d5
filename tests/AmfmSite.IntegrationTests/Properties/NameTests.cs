using System.Net;
using System.Text;
using AmfmSite.Features.CallbackRequests;
using AmfmSite.IntegrationTests.Hosting;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.IntegrationTests.Properties;

/// <summary>A name is what its bearer says it is: any letters of Unicode, from the form over the sealed column to the desk's page.</summary>
public sealed class NameTests(SiteHost site) : IClassFixture<SiteHost>
{
    /// <summary>Half of a character, as no browser sends it.</summary>
    private const string Half = "%ED%A0%80";

    /// <summary>Without NUL, which nobody types: the framework reads no form that holds one, and the answer is the page for 413.</summary>
    private static readonly Gen<string> Names =
        Gen.ListOf(Gen.Frequency(
            (3, Gen.Elements("Robin ", "é", "e\u0301", "👩‍👧", "\U0001F9D1\U0001F3FD", "\u202Eabc\u202C", "\u200F", "\u200D", "\u0001", "\r\n", "\t", "\u0085", "\u00A0", "\u2028", "\uFEFF", "\uFFFD", "\uFFFE", "שלום", "محمد", "ก็็็", "ﬃ", "İ", "𠮷", "<b>", "&amp;", "\"'", "%41", "+", "{{x}}")),
            (2, Gen.Choose(1, 0x10FFFF).Where(code => code is < 0xD800 or > 0xDFFF).Select(char.ConvertFromUtf32))))
        .Select(pieces => string.Concat(pieces.Take(14)))
        .Where(name => Kept(name).Length is > 0 and <= CallbackRequest.NameLength);

    [Fact]
    public void Post_AnyName_IsAskedForAtTheDeskAsItWasWritten()
    {
        using var client = site.NewClient();
        using var staff = Wait(site.SignInAsync("names@example.org"));
        Prop.ForAll(Names.ToArbitrary(), name => Assert.Equal(Kept(name), Wait(ShownAsync(client, staff, Uri.EscapeDataString(name)))))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    [Fact]
    public async Task Post_NameWithHalfACharacter_IsTakenWithEverythingElse()
    {
        using var client = site.NewClient();
        using var staff = await site.SignInAsync("halves@example.org");
        var shown = await ShownAsync(client, staff, $"Robin {Half} {Uri.EscapeDataString("👩‍👧")}");
        Assert.StartsWith("Robin ", shown, StringComparison.Ordinal);
        Assert.EndsWith(" 👩‍👧", shown, StringComparison.Ordinal);
    }

    /// <summary>
    /// One line: whatever moves a cursor or ends a line is a space, and the nine marks that turn the direction of what stands
    /// around them are dropped (decision 25). Nothing else is changed.
    /// </summary>
    private static string Kept(string name)
    {
        var line = new StringBuilder();
        foreach (var letter in name.Where(letter => !"\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069".Contains(letter, StringComparison.Ordinal)))
            line.Append(letter is < ' ' or (>= '\u007F' and <= '\u009F') or '\u2028' or '\u2029' ? ' ' : letter);
        return line.ToString().Trim();
    }

    private async Task<string> ShownAsync(HttpClient client, HttpClient staff, string escaped)
    {
        // A note of its own makes each post a request of its own.
        var fields = new CallbackPost().Without("Name").With("Note", Guid.NewGuid().ToString()).Answers.Select(answer => $"{answer.Key}={Uri.EscapeDataString(answer.Value)}");
        using var content = new ByteArrayContent(Encoding.ASCII.GetBytes($"Name={escaped}&{string.Join('&', fields)}"));

        // As browsers send it: without a charset.
        content.Headers.ContentType = new("application/x-www-form-urlencoded");
        using var answer = await client.PostAsync("/request-a-call", content);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        var id = await site.InDatabaseAsync(db => db.CallbackRequests.OrderByDescending(request => request.ReceivedAt).Select(request => request.Id).FirstAsync());
        var page = await staff.GetPageAsync($"/intake/requests/{id}");
        return page.QuerySelectorAll("p").Single(line => line.TextContent.StartsWith("Ask for ", StringComparison.Ordinal)).QuerySelector("strong")!.TextContent;
    }

    private static T Wait<T>(Task<T> task) => Task.Run(() => task).GetAwaiter().GetResult();
}
