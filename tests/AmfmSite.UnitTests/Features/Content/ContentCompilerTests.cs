using AmfmSite.Features.Content;
using AmfmSite.Features.Content.Pack;

namespace AmfmSite.UnitTests.Features.Content;

public sealed class ContentCompilerTests
{
    private const string Head = """
        ---
        kind: condition
        slug: /a
        title: A page
        description: About it.
        lead: It's a lead.
        claims:
          R08:
            claim: A sentence.
            note: What was found.
            grade: supports
            basis: abstract
            checkedBy: editorial
            checkedOn: 2026-11-22
          R08:again:
            claim: Another.
            note: More.
            grade: in-part
            basis: full-text
            checkedBy: editorial
            checkedOn: 2026-11-22
          R10:
            claim: A third.
            note: Yet more.
            grade: background
            basis: title
            checkedBy: editorial
            checkedOn: 2026-11-22
        ---

        """;

    private const string Body = """
        First [@R10]. Then [@R08].

        ## What it is {#what}

        Then [@R08:again] and {phone}.

        """;

    [Fact]
    public void Compile_Citations_AreNumberedByFirstMentionWithTheirGrades()
    {
        var page = Compile(Head + Body).Pages.Single();
        Assert.Equal(["R10", "R08"], page.References.Select(reference => reference.ReferenceId));
        Assert.Equal(["2", "2b"], page.References[1].Mentions.Select(mention => mention.Suffix));
        Assert.Equal(SupportGrade.InPart, page.References[1].Mentions[1].Claim.Grade);
        var html = string.Concat(page.Blocks.Select(block => block.Html));
        Assert.Contains("""<a class="cite" id="c2b" href="#n2b" aria-label="Note 2">2</a>""", html, StringComparison.Ordinal);
        Assert.Contains("""<a class="close" href="#c2b">""", html, StringComparison.Ordinal);
        Assert.Contains("""<a class="tel" href="tel:+12125550100">212-555-0100</a>""", html, StringComparison.Ordinal);
        Assert.Equal(new ContentsEntry("what", "What it is"), page.Contents.Single());
        Assert.Equal("It’s a lead.", page.Lead.ToString());
    }

    [Theory]
    [InlineData("Text [@R99].", "[@R99] has no claim")]
    [InlineData("Text [@R08] and [@R08] again.", "[@R08] stands twice")]
    [InlineData("See [there](page:nowhere).", "There is no page with the id \"nowhere\"")]
    [InlineData("See [there](javascript:alert(1)).", "is not allowed")]
    [InlineData("See [there](http://example.org).", "is not allowed")]
    [InlineData("See [there](//example.org).", "is not allowed")]
    [InlineData("See <https://example.org> and <ftp://example.org>.", "is not allowed")]
    [InlineData("Say {password}.", "{password} is not known")]
    [InlineData("# A second title", "Headings are ## or ###")]
    [InlineData(":::shout\nText\n:::", "There is no directive :::shout")]
    [InlineData(":::callout\nText", "Close :::callout")]
    [InlineData(":::care loud\n### Do it\n:::", "Write one of non-urgent, urgent, emergency")]
    [InlineData(":::terms\nno list\n:::", "Put a definition list into :::terms")]
    [InlineData("![x](y.png)", "Pictures in the text are not possible yet")]
    public void Compile_FaultInText_IsSaidWithFileAndLine(string text, string message)
    {
        var body = Body + "\n" + text + "\n";
        var fault = Assert.Throws<ContentFaultException>(() => Compile(Head + body)).Faults.First(fault => fault.Message.Contains(message, StringComparison.Ordinal));
        Assert.Equal("pages/a.md", fault.File);
        Assert.Equal((Head + Body).Count(c => c == '\n') + 2, fault.Line);
    }

    [Theory]
    [InlineData("grade: supports", "grade: proves", "is not graded")]
    [InlineData("grade: background", "grade: supports", "can only be background")]
    [InlineData("basis: abstract", "basis: hearsay", "does not say what was read")]
    [InlineData("slug: /a", "slug: a/", "slug: begins with a slash")]
    [InlineData("kind: condition", "kind: rumor", "This YAML cannot be read")]
    [InlineData("title: A page", "titel: A page", "This YAML cannot be read")]
    [InlineData("checkedOn: 2026-11-22", "checkedOn: yesterday", "write the date as")]
    public void Compile_FaultInFrontMatter_IsSaid(string written, string instead, string message)
    {
        var head = Head.Remove(Head.IndexOf(written, StringComparison.Ordinal), written.Length).Insert(Head.IndexOf(written, StringComparison.Ordinal), instead);
        Assert.Contains(message, Assert.Throws<ContentFaultException>(() => Compile(head + Body)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_HtmlInMarkdown_IsText()
    {
        var page = Compile(Head + Body + "<script>alert(1)</script> <img src=x onerror=alert(1)>\n").Pages.Single();
        var html = string.Concat(page.Blocks.Select(block => block.Html));
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", html, StringComparison.OrdinalIgnoreCase);
    }

    private static ContentSnapshot Compile(string page) => ContentCompiler.Compile(
    [
        new(ContentKinds.Provider, "provider", "provider.yaml", "brand: B\nshort: S\nphone: \"+12125550100\"\nphoneDisplay: 212-555-0100\naudience: adults\ninsurance: We check.\n"),
        new(ContentKinds.Page, "a", "pages/a.md", page.ReplaceLineEndings("\n")),
        new(ContentKinds.Reference, "R08", "references.json", """{"id":"R08","type":"article-journal","title":"One"}"""),
        new(ContentKinds.Reference, "R10", "references.json", """{"id":"R10","type":"article-journal","title":"Two"}"""),
    ], retentionDays: 90, version: 1);
}
