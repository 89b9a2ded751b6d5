using AmfmSite.Features.Staff;

namespace AmfmSite.BrowserTests.Abuse;

/// <summary>An editor who means harm: whatever is written as a page is drawn as text or refused, in a real browser, wherever the desk shows it.</summary>
[Collection(Browsing.BrowserTests.Name)]
public sealed class HostileTextTests(BrowserSite browser)
{
    private const string Record = "/editing/page/contact";

    /// <summary>What Markdown makes of addresses, headings and parts.</summary>
    private static readonly string[] Markdown =
    [
        "[a](javascript:__hit=1)", "[a](JaVaScRiPt&#58;__hit=1)", "[a](data:text/html;base64,PHNjcmlwdD4=)", "[a](vbscript:__hit=1)", "<javascript:__hit=1>", "![a](https://evil.example/x.png)", "[a](//evil.example/x)",
        "[a][b]\n\n[b]: javascript:__hit=1", "[a](page:home\"onclick=\"__hit=1)", "<https://evil.example/\"onmouseover=\"__hit=1>", ":::summary social-isolation\n<svg onload=__hit=1>\n:::",
        ":::figure shore\n<img src=x onerror=__hit=1>\n:::", "{phone}<style>*{display:none}</style>", "## a {#x\" onclick=\"__hit=1}", "<iframe src=\"https://evil.example\"></iframe>",
    ];

    [Fact]
    public async Task Text_Hostile_IsDrawnAsTextOrRefused_InPreviewHistoryAndGate()
    {
        await using var host = new SiteHost();
        await using var watched = await WatchedPage.OpenAsync(browser, host);
        await watched.SignInAsync("hostile@example.org", StaffRoles.Lead, StaffRoles.Editor);
        var (page, found) = (watched.Page, new List<string>());
        await watched.GoAsync(Record + "/edit");
        var body = page.Locator("[name=Body]");
        var text = await body.InputValueAsync();
        var everything = text + string.Concat(XssCorpus.All.Concat(Markdown).Select(hostile => $"\n\n{hostile}"));
        var drawn = 0;
        foreach (var hostile in new[] { everything }.Concat(Markdown.Concat(XssCorpus.All.Where((_, i) => i % 8 == 0)).Select(hostile => $"{text}\n\n{hostile}\n")))
        {
            await body.FillAsync(hostile);
            if (await DrawAsync(page) != "This cannot be drawn yet") drawn++;
            found.AddRange((await watched.StrangeInPreviewAsync()).Select(strange => $"preview of {hostile[text.Length..].Trim().Split('\n')[0]}: {strange}"));
        }

        Findings.None(found);
        Assert.True(drawn >= 5, $"Only {drawn} texts were drawn: little is proved.");

        // Saved, it is shown where drafts are compared, and what stands in the way of publishing says it in words.
        await body.FillAsync(everything);
        await page.Locator("[name=Reason]").FillAsync("<img src=x onerror=__hit=1> a test");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the draft" }).ClickAsync();
        await page.ArriveAsync("**?done=saved");
        await watched.LooksAsTextAsync("record", "<img src=x onerror=__hit=1> a test");
        await watched.GoAsync(Record + "/compare?from=1&to=2");
        await watched.LooksAsTextAsync("compare", "<script>__hit=1</script>", "[a](javascript:__hit=1)");
        await watched.GoAsync(Record);
        await watched.PostAsync(Record + "/publish", ("Number", "2"));
        await Assertions.Expect(page.Locator(".summary")).ToContainTextAsync("Mend these first");
        await watched.LooksAsTextAsync("refused");
        await watched.NothingHappenedAsync();
    }

    /// <returns>The heading of what was drawn.</returns>
    private static Task<string> DrawAsync(IPage page) => page.EvaluateAsync<string>(
        """
        async () => {
          const frame = document.querySelector('iframe');
          await new Promise(done => {
            frame.addEventListener('load', done, { once: true });
            document.querySelector('[data-preview]').click();
          });
          return frame.contentDocument.querySelector('h1').textContent;
        }
        """);
}
