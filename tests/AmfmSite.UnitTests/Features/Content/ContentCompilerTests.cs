using AmfmSite.Features.Content;
using AmfmSite.Features.Content.Pack;

namespace AmfmSite.UnitTests.Features.Content;

public sealed class ContentCompilerTests
{
    private const string Head = """
        ---
        kind: article
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
        Assert.Contains("""<a class="cite" id="c2b" href="#n2b" aria-label="Note 2, part b">2</a>""", html, StringComparison.Ordinal);
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
    [InlineData("| a | b |\n|---|---|\n| 1 | 2 |", "Put a table into :::compare")]
    [InlineData("## What people ask {#questions}", "#questions is the id of a part that every page may have")]
    [InlineData(":::care loud\n### Do it\n:::", "Write one of non-urgent, urgent, emergency")]
    [InlineData(":::terms\nno list\n:::", "Put a definition list into :::terms")]
    [InlineData("![x](y.png)", "A picture needs its record")]
    [InlineData(":::figure nothing\nWords.\n:::", "There is no picture \"nothing\"")]
    [InlineData(":::careful nowhere\nWords.\n:::", "No heading of this page has the id \"nowhere\"")]
    [InlineData(":::compare\nno table\n:::", "Put a table into :::compare")]
    [InlineData(":::places\nwords\n:::", "nothing may stand inside it")]
    [InlineData("A [word](term:nowhere).", "There is no word \"nowhere\" in the glossary")]
    [InlineData("She committed suicide.", "is not our word")]
    [InlineData("This is guaranteed to help.", "is not our word")]
    [InlineData("An inpatient program.", "is not our word")]
    [InlineData("ARE YOU OR A LOVED ONE STRUGGLING", "Do not shout")]
    [InlineData("Some think about suicide.", "neither :::care emergency nor :::crisis-lines")]
    public void Compile_FaultInText_IsSaidWithFileAndLine(string text, string message)
    {
        var body = Body + "\n" + text + "\n";
        var fault = Assert.Throws<ContentFaultException>(() => Compile(Head + body)).Faults.First(fault => fault.Message.Contains(message, StringComparison.Ordinal));
        Assert.Equal("pages/a.md", fault.File);
        Assert.Equal((Head + Body).Count(c => c == '\n') + 2, fault.Line);
        Assert.StartsWith($"pages/a.md:{fault.Line}: ", fault.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("grade: supports", "grade: proves", "is not graded")]
    [InlineData("grade: background", "grade: supports", "can only be background")]
    [InlineData("basis: abstract", "basis: hearsay", "does not say what was read")]
    [InlineData("slug: /a", "slug: a/", "slug: begins with a slash")]
    [InlineData("kind: article", "kind: rumor", "This YAML cannot be read")]
    [InlineData("title: A page", "titel: A page", "This YAML cannot be read")]
    [InlineData("checkedOn: 2026-11-22", "checkedOn: yesterday", "write the date as")]
    public void Compile_FaultInFrontMatter_IsSaid(string written, string instead, string message)
    {
        var head = Head.Remove(Head.IndexOf(written, StringComparison.Ordinal), written.Length).Insert(Head.IndexOf(written, StringComparison.Ordinal), instead);
        var fault = Assert.Throws<ContentFaultException>(() => Compile(head + Body)).Faults.First(fault => fault.Message.Contains(message, StringComparison.Ordinal));
        Assert.InRange(fault.Line, 1, Head.Count(c => c == '\n'));
    }

    [Fact]
    public void Compile_CareCardAboveAllHeadings_IsSaid() => Assert.Contains(
        Assert.Throws<ContentFaultException>(() => Compile(Head + ":::care emergency\n### Do it\nNow.\n:::\n\n" + Body)).Faults,
        fault => fault.Message.StartsWith("A care card stands below a ## heading", StringComparison.Ordinal));

    [Fact]
    public void Compile_ConditionPageWithoutItsParts_SaysWhichAreMissing()
    {
        var faults = Assert.Throws<ContentFaultException>(() => Compile(Head.Replace("kind: article", "kind: condition", StringComparison.Ordinal) + Body)).Faults;
        Assert.Contains(faults, fault => fault.Message.Contains("need-treatment", StringComparison.Ordinal));
        foreach (var urgency in new[] { "emergency", "urgent", "non-urgent" })
            Assert.Contains(faults, fault => fault.Message.Contains($":::care {urgency}.", StringComparison.Ordinal));
    }

    [Fact]
    public void Compile_WordOfTheGlossary_GetsANoteAtItsFirstUseAndLinksBothWays()
    {
        SourceFile term = new(ContentKinds.Term, "aftercare", "glossary/aftercare.md", "---\nterm: Aftercare\nalso: [continuing care]\n---\nWhat comes when a program is over.\n");
        SourceFile glossary = new(ContentKinds.Page, "glossary", "pages/glossary.md", "---\nkind: resource\nslug: /glossary\ntitle: Words\ndescription: Words.\nlead: Words.\n---\n:::glossary\n:::\n");
        var snapshot = Compile(Head + Body + "Then [aftercare](term:aftercare).\n", term, glossary);
        var html = string.Concat(snapshot.ById("a")!.Blocks.Select(block => block.Html));
        Assert.Contains("""<a class="term" id="w-aftercare" href="#t-aftercare">aftercare</a>""", html, StringComparison.Ordinal);
        Assert.Contains("""id="t-aftercare" role="note" aria-label="What “Aftercare” means"><p><b>Aftercare</b> What comes when a program is over.""", html, StringComparison.Ordinal);
        Assert.Contains("""href="#w-aftercare">Back to the text</a>""", html, StringComparison.Ordinal);
        Assert.Equal(["continuing care"], snapshot.Glossary.Single().Also);

        var twice = Assert.Throws<ContentFaultException>(() => Compile(Head + Body + "An [aftercare](term:aftercare) and [aftercare](term:aftercare).\n", term, glossary));
        Assert.Contains("is marked twice", twice.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("- from: /old\n  to: a\n- from: /older\n  gone: true\n", null)]
    [InlineData("- from: /x\n  gone: true\n- from: /a\n  to: a\n", "redirects.yaml:3: /a is the address of a page")]
    [InlineData("- from: /old\n  to: nowhere\n", "redirects.yaml:1: to: nowhere is no page")]
    [InlineData("- from: /old\n  to: /older\n- from: /older\n  to: /old\n", "redirects.yaml:3: to: /old is no page")]
    [InlineData("- from: /old\n", "redirects.yaml:1: Write either to:")]
    [InlineData("- from: /old\n  to: a\n  gone: true\n", "redirects.yaml:1: Write either to:")]
    [InlineData("- from: /old\n  to: a\n- from: /old\n  gone: true\n", "/old stands twice")]
    [InlineData("- from: old/\n  to: a\n", "redirects.yaml:1: from: begins with a slash")]
    public void Compile_Redirects_LeadToPagesOnly(string redirects, string? message)
    {
        ContentSnapshot Made() => Compile(Head + Body, new SourceFile(ContentKinds.Redirects, "redirects", "redirects.yaml", redirects));

        if (message is null) Assert.Equal(2, Made().Redirects.Count);
        else Assert.Contains(message, Assert.Throws<ContentFaultException>(Made).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_PictureOfPeopleWithoutConsent_IsRefused()
    {
        SourceFile Record(string consent) => new(ContentKinds.Picture, "garden", "pictures/garden.yaml", $"file: gate.svg\nkind: photograph\nalt: Two people in a garden.\nby: somebody\npeople: true\n{consent}");

        Assert.Contains("pictures/garden.yaml:5: People are shown only with their consent", Assert.Throws<ContentFaultException>(() => Compile(Head + Body, Record(""))).Message, StringComparison.Ordinal);
        Assert.Single(Compile(Head + Body, Record("consent: both, 2026-01-02, folder 3\n")).Pictures);
    }

    [Fact]
    public void Compile_QuestionWhoseHomeDoesNotShowIt_IsRefused()
    {
        SourceFile question = new(ContentKinds.Faq, "why", "faqs/why.md", "---\nquestion: Why?\npage: a\n---\nBecause.\n");
        Assert.Contains("faqs/why.md:3: page: a does not show this question", Assert.Throws<ContentFaultException>(() => Compile(Head + Body, question)).Message, StringComparison.Ordinal);
        Assert.Equal("Because.", Compile(Head.Replace("claims:", "faqs: [why]\nclaims:", StringComparison.Ordinal) + Body, question).Faqs["why"].Answer.ToText());
    }

    [Fact]
    public void Compile_HtmlInMarkdown_IsText()
    {
        var page = Compile(Head + Body + "<script>alert(1)</script> <img src=x onerror=alert(1)>\n").Pages.Single();
        var html = string.Concat(page.Blocks.Select(block => block.Html));
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", html, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("timeZone: Mars/Olympus\n", "settings.yaml:1: timeZone: \"Mars/Olympus\" is no zone")]
    [InlineData("timeZone: America/Chicago\nhours:\n  mon: 9-5\n", "settings.yaml:3: hours.mon: Monday: write when the desk opens and a later time at which it closes, as 09:00-17:00")]
    [InlineData("timeZone: America/Chicago\nhours:\n  mon: 17:00-09:00\n", "settings.yaml:3: hours.mon: Monday: write when")]
    [InlineData("timeZone: America/Chicago\nhours:\n  friday: 09:00-17:00\n", "settings.yaml:3: hours.friday: \"friday\" is no day")]
    [InlineData("timeZone: America/Chicago\nholidays: [Christmas]\n", "settings.yaml:2: holidays: \"Christmas\" is no date. Write it as 2026-12-25")]
    [InlineData("timeZone: America/Chicago\nconfirmed: true\n", "A desk with confirmed hours is open on some day")]
    [InlineData("timeZone: America/Chicago\nhours:\n  mon: 09:00-17:00\nstaffing:\n  mon: many\n", "settings.yaml:5: staffing.mon: Monday: people at the desk are a number from 0 to 99")]
    [InlineData("timeZone: America/Chicago\nstaffing: {tue: 100}\n", "settings.yaml:2: staffing.tue: Tuesday: people")]
    [InlineData("timeZone: America/Chicago\ncaps:\n  perDay: 0\n", "settings.yaml:3: caps.perDay: Tries on one day are a number from 1 to 9")]
    [InlineData("timeZone: America/Chicago\ncaps:\n  perDay: 3\n  inAll: 2\n", "settings.yaml:4: caps.inAll: Tries in all are a number from 3, as many as on one day, to 99")]
    [InlineData("timeZone: America/Chicago\nopen: always\n", "settings.yaml:2: This YAML cannot be read")]
    public void Compile_DeskSettingsWithFault_SayWhere(string settings, string message)
    {
        var fault = Assert.Throws<ContentFaultException>(() => ContentCompiler.Compile([new(ContentKinds.Desk, "settings", "settings.yaml", settings)], new PublicPromises(90, false), version: 1));
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("I want to die.", true)]
    [InlineData("I DON’T want  to live", true)]
    [InlineData("self-harm", true)]
    [InlineData("Suicide\nhas been on my mind", true)]
    [InlineData("My dog is called Overdosed", false)]
    [InlineData("I want to dietary advice", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void CrisisWords_InAnyCaseAndWriting_AreFoundAsWholeWords(string? text, bool found) =>
        Assert.Equal(found, new CrisisWords(["want to die", "don't want to live", "self harm", "suicide", "overdose"]).AreIn(text));

    private static ContentSnapshot Compile(string page, params SourceFile[] others) => ContentCompiler.Compile(
    [
        new(ContentKinds.Provider, "provider", "provider.yaml", "brand: B\nshort: S\nphone: \"+12125550100\"\nphoneDisplay: 212-555-0100\naudience: adults\ninsurance:\n  statement: We check.\n  asOf: 2026-11-22\n"),
        new(ContentKinds.Desk, "settings", "settings.yaml", "timeZone: America/Chicago\n"),
        new(ContentKinds.Page, "a", "pages/a.md", page.ReplaceLineEndings("\n")),
        new(ContentKinds.Reference, "R08", "references.json", """{"id":"R08","type":"article-journal","title":"One"}"""),
        new(ContentKinds.Reference, "R10", "references.json", """{"id":"R10","type":"article-journal","title":"Two"}"""),
        .. others,
    ], new PublicPromises(RetentionDays: 90, MailHoldsContact: false), version: 1);
}
