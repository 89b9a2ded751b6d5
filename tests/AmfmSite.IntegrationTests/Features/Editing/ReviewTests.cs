using System.Net;
using AmfmSite.Features.Content;
using AmfmSite.Features.Staff;
using AmfmSite.IntegrationTests.Features.Staff;
using AmfmSite.IntegrationTests.Hosting;

namespace AmfmSite.IntegrationTests.Features.Editing;

/// <summary>What speaks of health is approved by a second person, revision by revision; then visitors see it at once.</summary>
public sealed class ReviewTests(EditingSite site) : IClassFixture<EditingSite>
{
    [Fact]
    public async Task Publish_ApprovedByASecondPerson_IsSeenByVisitorsAndLeavesATrace()
    {
        const string Page = "page/social-isolation";
        var ann = await site.AnnAsync();
        var bea = await site.BeaAsync();
        await (await EditPost.OpenAsync(ann, Page)).With("Fields[title]", "A way back to company").SaveAsync(ann);
        using (var early = await ann.DeedAnswerAsync(Page, "publish", 2))
        {
            Assert.Equal(HttpStatusCode.Conflict, early.StatusCode);
            Assert.Contains("A second person approves exactly this revision", await early.MainAsync(), StringComparison.Ordinal);
        }

        using (var refused = await bea.DeedAnswerAsync(Page, "return", 2)) Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Equal($"/editing/{Page}?done=returned", await bea.DeedAsync(Page, "return", 2, ("Note", "Say <b>whose</b> company.")));
        Assert.Contains("Say <b>whose</b> company.", (await ann.GetPageAsync($"/editing/{Page}")).QuerySelector(".note-of")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("409", await ann.DeedAsync(Page, "publish", 2));
        Assert.Equal($"/editing/{Page}?done=approved", await bea.DeedAsync(Page, "approve", 2, ("Note", "I was wrong")));
        Assert.Equal($"/editing/{Page}?done=published", await ann.DeedAsync(Page, "publish", 2));
        await site.SeesAsync("/conditions/social-isolation", "A way back to company");

        var item = await site.ItemAsync(Page);
        Assert.Equal((2, 2, true, false), (item.LiveNumber, item.LastNumber, item.ChangedByEditor, item.HasDraft));
        Assert.Equal([ContentEventKind.Returned, ContentEventKind.Approved, ContentEventKind.Published], item.Events.Select(happened => happened.Kind));
        foreach (var action in new[] { AuditAction.ContentReturned, AuditAction.ContentApproved, AuditAction.ContentPublished }) Assert.Contains("page social-isolation 2", await site.TraceAsync(action));
        Assert.Equal("409", await ann.DeedAsync(Page, "publish", 2));
    }

    [Fact]
    public async Task Approve_ByAnybodyWhoWroteSomeOfIt_IsRefused()
    {
        const string Page = "page/loneliness";
        var ann = await site.DeeAsync();
        var cy = await site.EveAsync();
        var bea = await site.BeaAsync();
        await (await EditPost.OpenAsync(ann, Page)).With("Fields[title]", "Ann's title").SaveAsync(ann);
        await (await EditPost.OpenAsync(cy, Page)).With("Fields[lead]", "Cy's lead.").SaveAsync(cy);

        // Ann wrote an earlier part of what would be published, Cy the last.
        Assert.Equal(("409", "409"), (await ann.DeedAsync(Page, "approve", 3), await cy.DeedAsync(Page, "approve", 3)));
        Assert.Empty((await site.ItemAsync(Page)).Events);
        Assert.Equal($"/editing/{Page}?done=approved", await bea.DeedAsync(Page, "approve", 3));
        Assert.Equal($"/editing/{Page}?done=published", await ann.DeedAsync(Page, "publish", 3));

        // Both texts are live now: what Cy writes next, Ann may review; what is Ann's again because Cy brought it back, she may not.
        await (await EditPost.OpenAsync(cy, Page)).With("Fields[lead]", "Cy's second lead.").SaveAsync(cy);
        Assert.Equal($"/editing/{Page}?done=approved", await ann.DeedAsync(Page, "approve", 4));
        Assert.Equal($"/editing/{Page}?done=restored", await cy.DeedAsync(Page, "restore", 2, ("BasedOn", "4"), ("Reason", "Ann had it")));
        Assert.Equal("409", await ann.DeedAsync(Page, "approve", 5));
    }

    [Fact]
    public async Task Publish_ARevisionAfterTheApprovedOne_IsRefused_AndTheApprovedOneIsNot()
    {
        const string Page = "page/grief-and-isolation";
        var ann = await site.AnnAsync();
        var bea = await site.BeaAsync();
        await (await EditPost.OpenAsync(ann, Page)).With("Fields[title]", "Approved title").SaveAsync(ann);
        Assert.Equal($"/editing/{Page}?done=approved", await bea.DeedAsync(Page, "approve", 2));
        await (await EditPost.OpenAsync(ann, Page)).With("Fields[title]", "Another title").SaveAsync(ann);
        Assert.Equal(("409", "409"), (await ann.DeedAsync(Page, "publish", 3), await bea.DeedAsync(Page, "approve", 2)));

        var page = await ann.GetPageAsync($"/editing/{Page}");
        Assert.Equal("2", page.QuerySelector($"form[action='/editing/{Page}/publish'] [name=Number]")!.GetAttribute("value"));
        Assert.Equal($"/editing/{Page}?done=published", await ann.DeedAsync(Page, "publish", 2));
        await site.SeesAsync("/conditions/grief-and-isolation", "Approved title");
        Assert.True((await site.ItemAsync(Page)).HasDraft);
    }

    /// <summary>Review goes with what a text speaks of, before or after the change.</summary>
    [Theory]
    [InlineData("faq/cannot-talk", "", "", true)]
    [InlineData("crisis/988", "", "", true)]
    [InlineData("page/agoraphobia", "kind: condition", "kind: about", true)]
    [InlineData("page/privacy", "kind: about", "kind: article", true)]
    [InlineData("page/contact", "", "", false)]
    [InlineData("location/virtual", "", "", false)]
    public async Task Publish_ByAnEditorAlone_DependsOnWhatTheTextSpeaksOf(string record, string written, string instead, bool needsReview)
    {
        var ann = await site.AnnAsync();
        var post = await EditPost.OpenAsync(ann, record);
        if (written.Length > 0) post.Change(written, instead, "Head");
        await post.With("Body", post["Body"].TrimEnd('\n') + "\n\n").SaveAsync(ann);
        Assert.Equal(needsReview ? "409" : $"/editing/{record}?done=published", await ann.DeedAsync(record, "publish", 2));
    }

    [Fact]
    public async Task Publish_WithFaultsAnywhere_IsRefusedWithTheReasons()
    {
        var ann = await site.AnnAsync();
        await (await EditPost.OpenAsync(ann, "page/who-we-can-help")).With("Fields[slug]", "/about").SaveAsync(ann);
        using var refused = await ann.DeedAnswerAsync("page/who-we-can-help", "publish", 2);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("The slug /about is taken", await refused.MainAsync(), StringComparison.Ordinal);
        Assert.Equal(1, (await site.ItemAsync("page/who-we-can-help")).LiveNumber);
    }

    [Fact]
    public async Task Unpublish_IsRefusedWhileSomethingLeadsThere_NeedsAReason_AndThePackDoesNotUndoIt()
    {
        const string Page = "page/panic-disorder";
        var ann = await site.AnnAsync();
        using (var linked = await ann.DeedAnswerAsync(Page, "unpublish", 1, ("Reason", "A test")))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, linked.StatusCode);
            Assert.Contains("panic-disorder", await linked.MainAsync(), StringComparison.Ordinal);
        }

        Assert.Equal("422", await ann.DeedAsync("crisis/988", "unpublish", 1, ("Reason", "A test")));
        Assert.Equal("422", await ann.DeedAsync("picture/gate", "unpublish", 1, ("Reason", "")));

        // Nothing names it.
        const string Location = "location/washington-county";
        Assert.Equal($"/editing/{Location}?done=unpublished", await ann.DeedAsync(Location, "unpublish", 1, ("Reason", "It has closed")));
        var item = await site.ItemAsync(Location);
        Assert.Equal((null, true), (item.LiveNumber, item.ChangedByEditor));
        Assert.Contains("location washington-county 1", await site.TraceAsync(AuditAction.ContentUnpublished));
        using (var pack = new PackCopy())
        {
            pack.Change("locations/washington-county.yaml", "name: ", "name: New ");
            Assert.Contains("locations/washington-county.yaml", (await pack.ImportAsync(site)).Kept);
        }

        Assert.Null((await site.ItemAsync(Location)).LiveNumber);
        Assert.Contains("Not published", (await ann.GetPageAsync("/editing?kind=location&Words=washington")).QuerySelector("tbody")!.TextContent, StringComparison.Ordinal);
        Assert.Equal($"/editing/{Location}?done=published", await ann.DeedAsync(Location, "publish", 1));
    }

    [Theory]
    [InlineData(StaffRoles.Intake)]
    [InlineData(StaffRoles.Admin)]
    public async Task EditorialDesk_ForOtherRoles_IsNotThere(string role)
    {
        const string Page = "page/social-isolation";
        using var other = await site.SignInAsync($"other-{role}@example.org", role);
        foreach (var path in new[] { "/editing", $"/editing/{Page}", $"/editing/{Page}/edit", $"/editing/{Page}/compare", $"/editing/{Page}/preview?number=1" })
        {
            using var answer = await other.GetAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }
}
