using AmfmSite.Features.Content;
using AmfmSite.IntegrationTests.Features.Staff;
using AmfmSite.IntegrationTests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.IntegrationTests.Features.Editing;

/// <summary>A version of the site with a stricter rule meets a text that was published before it.</summary>
public sealed class OlderTextTests
{
    private const string Older = "page/accessibility", Words = "Nobody can guarantee that", Newer = "page/about";

    [Fact]
    public async Task Text_AgainstARuleMadeLater_IsServedAndNamed_AndHoldsUpNothingButItself()
    {
        await using var site = new EditingSite();
        using var editor = await site.AnnAsync();
        var older = (await site.ItemAsync(Older)).Id;
        Assert.Equal(1, await site.InDatabaseAsync(db => db.Set<ContentRevision>().Where(revision => revision.ItemId == older)
            .ExecuteUpdateAsync(row => row.SetProperty(revision => revision.Source, revision => revision.Source + "\n\nNobody can guarantee that.\n"))));
        await site.InDatabaseAsync(db => db.ContentVersions.ExecuteUpdateAsync(row => row.SetProperty(version => version.Number, version => version.Number + 1)));
        await site.SeesAsync("/accessibility", Words);

        var (doctor, lines, _) = await SiteProcess.RunAsync(new Dictionary<string, string> { ["ASPNETCORE_ENVIRONMENT"] = "Development", ["Data__Directory"] = site.Directory }, "doctor");
        Assert.Equal(1, doctor);
        Assert.Matches(@"FAULT content: published before this rule: pages/accessibility\.md:\d+: .*\[absolute\]", lines);

        // Another page is published as ever.
        await (await EditPost.OpenAsync(editor, Newer)).Change("18 and over.", "18 and over. Written later.").SaveAsync(editor);
        var another = await site.ItemAsync(Newer);
        Assert.Equal($"/editing/{Newer}?done=published", await editor.DeedAsync(Newer, "publish", another.LastNumber));
        await site.SeesAsync("/about", "Written later.");

        // The text itself is published anew only when it keeps the rule.
        await (await EditPost.OpenAsync(editor, Older)).With("Fields[title]", "Accessibility of this site").SaveAsync(editor);
        using (var refused = await editor.DeedAnswerAsync(Older, "publish", (await site.ItemAsync(Older)).LastNumber)) Assert.Contains("guarantee", await refused.MainAsync(), StringComparison.Ordinal);
        await (await EditPost.OpenAsync(editor, Older)).Change("Nobody can guarantee that.", "Nobody can promise that.").SaveAsync(editor);
        Assert.Equal($"/editing/{Older}?done=published", await editor.DeedAsync(Older, "publish", (await site.ItemAsync(Older)).LastNumber));
        await site.SeesAsync("/accessibility", "Accessibility of this site");
    }
}
