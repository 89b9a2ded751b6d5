using AmfmSite.Features.Staff;

namespace AmfmSite.BrowserTests;

/// <summary>A lead sets the desk's hours: with the keyboard alone, without script, in both schemes.</summary>
[Collection(Browsing.BrowserTests.Name)]
public sealed class DeskSettingsJourneyTests(BrowserSite site)
{
    /// <summary>The site is shared with other journeys: its hours are left unconfirmed, and only the caps stay changed.</summary>
    [Fact]
    public async Task Save_WithTheKeyboardAndWithoutScript_IsRefusedInWordsAndThenTaken()
    {
        await using var visit = await site.EnterAsync("settings-keys@example.org", StaffRoles.Lead, new() { ViewportSize = new() { Width = 1280, Height = 900 }, JavaScriptEnabled = false });
        var page = visit.Page;
        await visit.OpenAsync("/intake/desk");
        await page.Locator("main input:not([type=hidden])").First.FocusAsync();
        Assert.Equal("Monday opens", await page.Locator(":focus").GetAttributeAsync("aria-label"));
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("People on Monday", await page.Locator(":focus").GetAttributeAsync("aria-label"));
        await page.Keyboard.TypeAsync("many");
        await page.Keyboard.PressAsync("Enter");

        var summary = page.Locator(".summary");
        await summary.WaitForAsync();
        Assert.True(await summary.EvaluateAsync<bool>("summary => summary === document.activeElement"));
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Tab");
        var focused = page.Locator(":focus");
        Assert.Contains(await focused.GetAttributeAsync("aria-label") ?? "", new[] { "People on Monday", "Tuesday opens" });
        Assert.Equal("man", await page.Locator("[name='People[mon]']").InputValueAsync());

        await page.Locator("[name='People[mon]']").FillAsync("3");
        await page.Locator("[name=Reason]").FillAsync("One more of us on Mondays");
        await page.Keyboard.PressAsync("Enter");
        await page.ArriveAsync("**/intake/desk?done=saved");
        await Assertions.Expect(page.Locator("[role=status]")).ToContainTextAsync("Saved.");
        await Assertions.Expect(page.Locator(".log li").First).ToContainTextAsync("One more of us on Mondays");

        // Chromium complains of the 422, which is the answer that is meant.
        Assert.DoesNotContain(visit.Complaints, complaint => !complaint.Contains("422", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Read_Settings_AxeFindsNothingAndNothingSticksOut(ColorScheme scheme)
    {
        var found = new List<string>();
        await using var visit = await site.EnterAsync($"looks-{scheme}@example.org", StaffRoles.Lead, new() { ViewportSize = new() { Width = 1280, Height = 900 }, ColorScheme = scheme });
        var page = visit.Page;
        await visit.OpenAsync("/intake/desk");
        await CheckAsync("settings");
        await page.Locator("[name='Opens[sat]']").FillAsync("noon");
        await page.Locator("[name='People[mon]']").FillAsync("120");
        await page.Locator("[name=MoreHolidays]").FillAsync("Christmas");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the settings" }).ClickAsync();
        await page.Locator(".summary").WaitForAsync();
        await CheckAsync("settings refused");
        Findings.None(found);

        async Task CheckAsync(string name)
        {
            found.AddRange(await page.AxeFindsAsync(name));
            foreach (var width in new[] { 320, 390, 768, 1024, 1280 })
            {
                await page.SetViewportSizeAsync(width, 900);
                var room = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
                if (room > 0) found.Add($"{name}: {room} px stick out at {width}");
            }
        }
    }
}
