using System.Collections.Concurrent;
using AmfmSite.Features.Content.Pictures;
using AmfmSite.Features.Staff;

namespace AmfmSite.BrowserTests.Abuse;

/// <summary>Hostile SVGs in a real browser, opened straight at their address and on a page: nothing runs, and no other host is asked.</summary>
[Collection(Browsing.BrowserTests.Name)]
public sealed class HostilePictureTests(BrowserSite browser)
{
    [Fact]
    public async Task Svg_HostileAndPublished_RunsNothingAtItsAddressOrOnAPage()
    {
        await using var host = new SiteHost();
        await using var watched = await WatchedPage.OpenAsync(browser, host);
        await watched.SignInAsync("pictures@example.org", StaffRoles.Lead, StaffRoles.Editor);
        var page = watched.Page;
        var files = new List<string>();
        foreach (var (hostile, i) in TestPictures.Hostile.Values.Select((hostile, i) => (hostile, i)))
        {
            await watched.GoAsync("/editing/pictures/upload");
            await page.Locator("[name=File]").SetInputFilesAsync(new FilePayload { Name = "a.svg", MimeType = "image/svg+xml", Buffer = TestPictures.Svg(hostile + "<circle r=\"3\"/>") });
            await page.Locator("[name=Key]").FillAsync($"hostile-{i}");
            await page.Locator("[name=Alt]").FillAsync("A circle");
            await page.Locator("[name=By]").FillAsync("A test");
            await page.Locator("[name=People][value=no]").CheckAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Upload it" }).ClickAsync();
            await page.ArriveAsync("**?done=uploaded");
            files.Add((await page.Locator(".shown img").GetAttributeAsync("src"))!.Split('/')[^1]);
            await page.GetByRole(AriaRole.Button, new() { Name = "Publish revision 1" }).ClickAsync();
            await page.ArriveAsync("**?done=published");
        }

        await watched.GoAsync("/editing/page/accessibility/edit");
        var body = page.Locator("[name=Body]");
        await body.FillAsync(await body.InputValueAsync() + string.Concat(files.Select((_, i) => $"\n\n:::figure hostile-{i}\nA circle, number {i}.\n:::\n")));
        await page.Locator("[name=Reason]").FillAsync("A test");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the draft" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish revision 2" }).ClickAsync();
        await page.ArriveAsync("**?done=published");
        for (var tries = 0; tries < 100 && await page.Locator("figure.picture img").CountAsync() < files.Count; tries++)
        {
            await page.WaitForTimeoutAsync(200);
            await watched.GoAsync("/accessibility");
        }

        foreach (var image in await page.Locator("figure.picture img").AllAsync())
        {
            await image.ScrollIntoViewIfNeededAsync();
            await page.WaitForFunctionAsync("image => image.complete && image.naturalWidth > 0", await image.ElementHandleAsync());
        }

        await watched.LooksAsTextAsync("page");
        foreach (var file in files) await watched.GoAsync($"/pictures/files/{file}");
        await watched.NothingHappenedAsync();
    }

    /// <summary>The second lock: should the cleaner ever miss something, the answer's own policy still lets nothing run or load.</summary>
    [Fact]
    public async Task Svg_ThatTheCleanerNeverSaw_RunsNothingBecauseOfItsHeaders()
    {
        await using var visit = await browser.EnterAsync("uncleaned@example.org", StaffRoles.Editor);
        var dialogs = new ConcurrentQueue<string>();
        visit.Page.Dialog += async (_, dialog) =>
        {
            dialogs.Enqueue(dialog.Message);
            await dialog.DismissAsync();
        };
        foreach (var (name, hostile) in TestPictures.Hostile)
        {
            var picture = new CleanPicture(TestPictures.Svg(hostile), PictureFormat.Svg, 30, 20, []);
            await browser.Host.InDatabaseAsync(db =>
            {
                db.PictureFiles.Add(new PictureFile(picture, by: null, DateTime.UtcNow));
                return db.SaveChangesAsync();
            });
            var answer = await visit.OpenAsync($"/editing/pictures/files/{picture.Name}");
            Assert.True(answer.Status == 200, name);
            await visit.Page.WaitForTimeoutAsync(200);
        }

        Assert.Empty(dialogs);

        // The browser notes what it would have asked for and refuses it; asked in earnest, the name would not have been found.
        Assert.Contains(visit.Complaints, line => line.Contains("evil.example", StringComparison.Ordinal) && line.EndsWith("failed: csp", StringComparison.Ordinal));
        Assert.DoesNotContain(visit.Complaints, line => line.Contains("net::", StringComparison.Ordinal));
    }
}
