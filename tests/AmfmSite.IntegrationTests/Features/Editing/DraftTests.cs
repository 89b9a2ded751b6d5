using System.Net;
using AmfmSite.Features.Staff;
using AmfmSite.IntegrationTests.Features.Staff;
using AmfmSite.IntegrationTests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.IntegrationTests.Features.Editing;

/// <summary>Drafts beside what is live, and everything that was ever written.</summary>
public sealed class DraftTests(EditingSite site) : IClassFixture<EditingSite>
{
    [Fact]
    public async Task Save_OneField_ChangesItsOneLineOfTheHeadAndNothingInPublic()
    {
        const string Page = "page/social-isolation", Title = "Social isolation and what can help";
        var editor = await site.AnnAsync();
        await (await EditPost.OpenAsync(editor, Page)).With("Fields[title]", "Alone: \"a way\" back").With("Reason", "  Plainer\ttitle ").SaveAsync(editor);

        var item = await site.ItemAsync(Page);
        Assert.Equal((1, 2), (item.LiveNumber, item.LastNumber));
        var (before, after) = (item.Revisions[0].Source.Split('\n'), item.Revisions[1].Source.Split('\n'));
        Assert.Equal(before.Length, after.Length);
        Assert.Equal([($"title: {Title}", "title: \"Alone: \\\"a way\\\" back\"")], before.Zip(after).Where(line => line.First != line.Second));
        Assert.Equal(("ann@example.org", "Plainer title", 1, (await site.AccountAsync("ann@example.org")).Id), (item.Revisions[1].Author, item.Revisions[1].Reason, item.Revisions[1].BasedOn, item.Revisions[1].AuthorId));
        Assert.Contains("page social-isolation 2", await site.TraceAsync(AuditAction.ContentSaved));

        using var visitor = site.NewClient();
        Assert.Equal(Title, (await visitor.GetPageAsync("/conditions/social-isolation")).QuerySelector("h1")!.TextContent);

        // Written back by hand, in the same field: byte for byte what it was.
        await (await EditPost.OpenAsync(editor, Page)).With("Fields[title]", Title).SaveAsync(editor);
        Assert.Equal(before, (await site.ItemAsync(Page)).Revisions[2].Source.Split('\n').Select(line => line == $"title: \"{Title}\"" ? $"title: {Title}" : line));
    }

    [Fact]
    public async Task Save_WhatWasOpenedAndNotTouched_IsNoRevision_ForEveryKind()
    {
        var editor = await site.AnnAsync();
        foreach (var record in new[] { "page/agoraphobia", "page/home", "faq/cannot-talk", "term/dual-diagnosis", "reference/R08", "level/residential", "treatment/medication-management", "location/virtual", "crisis/988", "picture/shore", "provider/provider", "redirects/redirects", "crisis-words/crisis-words", "synonyms/synonyms" })
        {
            using var answer = await (await EditPost.OpenAsync(editor, record)).SendAsync(editor);
            Assert.Equal($"/editing/{record}?done=same", answer.To());
            Assert.Equal(1, (await site.ItemAsync(record)).LastNumber);
        }

        using var none = await editor.GetAsync("/editing/desk/settings");
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    [Fact]
    public async Task Save_WithoutAReasonOrTooLong_IsShownAgainWithEverythingTyped()
    {
        const string Page = "page/loneliness";
        var editor = await site.AnnAsync();
        var post = (await EditPost.OpenAsync(editor, Page)).With("Fields[title]", "A title <b>").Change("everyone you could call", "everybody you may call").With("Reason", "  ");
        using (var answer = await post.SendAsync(editor))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
            var page = await answer.ReadAsync();
            Assert.Contains("Write why you change this", page.QuerySelector(".summary")!.TextContent, StringComparison.Ordinal);
            var body = post["Body"];
            Assert.Equal(("A title <b>", body), (post.Read(page)["Fields[title]"], post["Body"]));
        }

        using (var answer = await post.With("Reason", "Long").With("Body", string.Concat(Enumerable.Repeat("Nobody reads this to its end.\n", 7_000))).SendAsync(editor))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
            Assert.Contains("longer than 200 KB", (await answer.ReadAsync()).QuerySelector(".summary")!.TextContent, StringComparison.Ordinal);
        }

        // Longer than any form of this site may be.
        using (var answer = await post.With("Body", new string('x', 2_000_000)).SendAsync(editor)) Assert.True(answer.StatusCode is HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.BadRequest, $"{answer.StatusCode}");
        Assert.Equal(1, (await site.ItemAsync(Page)).LastNumber);
    }

    [Fact]
    public async Task Save_WithFaults_IsADraftAndSaysWhereTheyStand()
    {
        var editor = await site.AnnAsync();
        const string Page = "page/panic-disorder";
        var post = await EditPost.OpenAsync(editor, Page);
        var line = Array.FindIndex(post["Head"].Split('\n'), head => head.StartsWith("parent:", StringComparison.Ordinal)) + 1;
        await post.With("Body", "## What it is {#what-it-is}\n\nAn addict has a [link](page:nowhere).").Change("parent: conditions", "parent: nowhere", "Head").SaveAsync(editor);
        var page = await editor.GetPageAsync($"/editing/{Page}/edit");
        var faults = page.QuerySelectorAll(".faults li").Select(fault => fault.TextContent).ToList();
        Assert.Contains(faults, fault => fault.StartsWith("text, line 3", StringComparison.Ordinal) && fault.Contains("addict", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.StartsWith("text, line 3", StringComparison.Ordinal) && fault.Contains("nowhere", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.StartsWith($"head, line {line}:", StringComparison.Ordinal) && fault.Contains("parent: nowhere", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Compare_TwoRevisions_MarksWordsInWordsAndFoldsTheRest()
    {
        const string Page = "page/co-occurring";
        var editor = await site.AnnAsync();
        await (await EditPost.OpenAsync(editor, Page)).Change("A drink before a party is no diagnosis.", "A drink before a party <em> says little.").SaveAsync(editor);
        var page = await editor.GetPageAsync($"/editing/{Page}/compare");
        var line = page.QuerySelectorAll(".diff p.changed").Single();
        Assert.Contains("A drink before a party ", line.TextContent, StringComparison.Ordinal);
        Assert.Equal(("[taken out: is no diagnosis]", "[put in: <em> says little]"), (string.Concat(line.QuerySelectorAll("del").Select(mark => mark.TextContent)).Trim(), string.Concat(line.QuerySelectorAll("ins").Select(mark => mark.TextContent)).Trim()));
        Assert.True(page.QuerySelectorAll(".diff p:not(.out)").Length <= 5);
        Assert.Equal(2, page.QuerySelectorAll(".diff .out").Count(out1 => out1.TextContent.EndsWith("unchanged lines left out", StringComparison.Ordinal)));
        using var none = await editor.GetAsync($"/editing/{Page}/compare?from=1&to=9");
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    [Fact]
    public async Task Restore_AnOldRevision_IsANewOneWithAReasonAndOverwritesNothing()
    {
        const string Page = "page/grief-and-isolation";
        var editor = await site.AnnAsync();
        await (await EditPost.OpenAsync(editor, Page)).With("Fields[name]", "Alone").SaveAsync(editor);
        using (var refused = await editor.DeedAnswerAsync(Page, "restore", 1, ("BasedOn", "2"), ("Reason", ""))) Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        using (var refused = await editor.DeedAnswerAsync(Page, "restore", 1, ("BasedOn", "1"), ("Reason", "Too early"))) Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Equal($"/editing/{Page}?done=restored", await editor.DeedAsync(Page, "restore", 1, ("BasedOn", "2"), ("Reason", "The old name was right")));
        var item = await site.ItemAsync(Page);
        Assert.Equal((1, 3, item.Revisions[0].Source, 1), (item.LiveNumber, item.LastNumber, item.Revisions[2].Source, item.Revisions[2].RestoredFrom));
        Assert.NotEqual(item.Revisions[1].Source, item.Revisions[2].Source);
        Assert.Contains("The old name was right (the text of revision 1)", (await editor.GetPageAsync($"/editing/{Page}")).QuerySelector(".log li")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(["page grief-and-isolation 3"], await site.TraceAsync(AuditAction.ContentRestored));
    }

    [Fact]
    public async Task Autosave_IsNoRevision_IsOfferedToItsAuthorOnly_AndIsGoneWithTheSaveOrOnDemand()
    {
        const string Page = "page/life-transitions";
        var editor = await site.AnnAsync();
        var colleague = await site.CyAsync();
        var post = (await EditPost.OpenAsync(editor, Page)).With("Fields[lead]", "Half a sent");
        using (var kept = await post.SendAsync(editor, "autosave")) Assert.Equal(HttpStatusCode.OK, kept.StatusCode);
        using (var kept = await post.With("Fields[lead]", "Half a sentence").SendAsync(editor, "autosave")) Assert.EndsWith(" UTC", await kept.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal((1, 1), ((await site.ItemAsync(Page)).LastNumber, await CountAsync()));

        Assert.Contains("You have text from", (await editor.GetPageAsync($"/editing/{Page}/edit")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("You have text from", (await colleague.GetPageAsync($"/editing/{Page}/edit")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        var back = await EditPost.OpenAsync(editor, Page, "?kept=yes");
        Assert.Equal("Half a sentence", back["Fields[lead]"]);
        Assert.NotEqual("Half a sentence", (await EditPost.OpenAsync(colleague, Page, "?kept=yes"))["Fields[lead]"]);

        using (var gone = await editor.DeedAnswerAsync(Page, "autosave/discard", 0)) Assert.Equal($"/editing/{Page}/edit", gone.To());
        Assert.Equal(0, await CountAsync());
        using (await post.SendAsync(editor, "autosave")) { }
        await back.SaveAsync(editor);
        Assert.Equal(0, await CountAsync());
        Assert.Contains("lead: \"Half a sentence\"", (await site.ItemAsync(Page)).Revisions[1].Source, StringComparison.Ordinal);

        Task<int> CountAsync() => site.InDatabaseAsync(db => db.Autosaves.CountAsync());
    }

    [Fact]
    public async Task List_FindsByWordsAndShowsDraftsAndWhatIsOverdue()
    {
        var editor = await site.AnnAsync();
        Assert.Equal("/editing", (await editor.GetAsync("/staff")).To());
        await (await EditPost.OpenAsync(editor, "page/severe-social-withdrawal")).With("Fields[lead]", "Another lead.").SaveAsync(editor);
        var row = (await editor.GetPageAsync("/editing?Words=severe+withdr&Show=review")).QuerySelectorAll("tbody tr").Single();
        foreach (var part in new[] { "/conditions/severe-social-withdrawal", "1, since", "2, by ann@example.org", "Waits for review", "No date" }) Assert.Contains(part, row.TextContent, StringComparison.Ordinal);
        Assert.Contains("Nothing fits.", (await editor.GetPageAsync("/editing?Show=due")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        var questions = await editor.GetPageAsync("/editing?kind=faq&Words=cannot-talk");
        Assert.Equal("/editing/faq/cannot-talk", questions.QuerySelector("tbody a")!.GetAttribute("href"));
        Assert.Matches(@"Pages \([0-9]+ drafts?\)", questions.QuerySelector(".kinds")!.TextContent);
    }
}
