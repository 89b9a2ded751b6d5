using System.Net;
using System.Text;
using System.Text.Json;
using AmfmSite.Features.Content;
using AmfmSite.Features.Content.Pack;
using AmfmSite.Features.Editing;
using AmfmSite.Features.Staff;
using AmfmSite.IntegrationTests.Features.Staff;
using AmfmSite.IntegrationTests.Hosting;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AmfmSite.IntegrationTests.Features.Editing;

/// <summary>References come in from CSL-JSON: looked at, chosen, begun as drafts, and never twice.</summary>
public sealed class ReferenceImportTests(EditingSite site) : IClassFixture<EditingSite>
{
    private const string Page = "/editing/references/import";

    [Fact]
    public async Task Look_AtAnExport_SaysWhatWouldBecomeOfEachEntryAndStoresNothing()
    {
        var (ann, before) = (await site.AnnAsync(), await CountAsync());
        Assert.Contains(Page, (await ann.GetPageAsync("/editing?kind=reference")).QuerySelectorAll(".tools a").Select(link => link.GetAttribute("href")));
        Assert.NotNull((await ann.GetPageAsync("/editing/new/reference")).QuerySelector($"main a[href='{Page}']"));
        using (await ann.PostFromAsync("/editing/new/reference", "/editing/new/reference", ("Key", "R900"), ("Name", "A draft of a made-up study"))) { }

        var json = $$$"""
            [{{{Entry("A look at herons", "10.5555/look.1", "\"abstract\":\"Long.\",\"accessed\":{\"date-parts\":[[2024]]}")}}},
             {{{Entry("Another title", "DOI:10.1177/1745691614568352")}}},
             {"type":"webpage","title":"Another title","issued":{"date-parts":[[2023]]},"URL":"http://mayoclinic.org/diseases-conditions/agoraphobia/symptoms-causes/syc-20355987/"},
             {"type":"book","title":"Our Epidemic of Loneliness and Isolation: the U.S. Surgeon General's advisory on the healing effects of social connection and community","issued":{"date-parts":[["2023"]]}},
             {{{Entry("Another title", "https://doi.org/10.5555/LOOK.1")}}},
             {"type":"song","title":"A <b>song</b>","author":[{}]},
             {{{Entry("A look at waders", "10.5555/look.2")}}}]
            """;
        using var answer = await PostAsync(ann, "", json);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var page = await answer.ReadAsync();
        var rows = page.QuerySelectorAll("table.import tbody tr").ToList();
        string[] says = ["New It becomes R901.", "By its DOI the same as R08: Loneliness and social isolation", "By its address the same as R06", "By its title and year the same as R07", "By its DOI the same as entry 1", "Its type is song.", "New It becomes R902."];
        Assert.Equal(says.Length, rows.Count);
        foreach (var (row, words) in rows.Zip(says)) Assert.Contains(words, row.TextContent, StringComparison.Ordinal);
        foreach (var fault in new[] { "6. A <b>song</b>", "Author 1 has no name.", "issued is missing" }) Assert.Contains(fault, rows[5].TextContent, StringComparison.Ordinal);
        Assert.Equal("/editing/reference/R08", rows[1].QuerySelector("td a")!.GetAttribute("href"));
        Assert.Equal(["1", "7"], page.QuerySelectorAll("[name=Chosen]").Cast<IHtmlInputElement>().Where(box => box.IsChecked).Select(box => box.Value));
        Assert.Contains("Left out, because the site does not use it: abstract, accessed.", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Begin 2 drafts", page.QuerySelector("form[action$=begin] button")!.TextContent);
        Assert.All(page.QuerySelectorAll("textarea"), text => Assert.Equal(json.ReplaceLineEndings("\n"), text.TextContent.ReplaceLineEndings("\n")));
        Assert.All(page.QuerySelectorAll("main form"), form => Assert.Equal("multipart/form-data", form.GetAttribute("enctype")));
        Assert.Contains("A new reference supports nothing yet", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(before + 1, await CountAsync());
    }

    [Fact]
    public async Task Begin_OfWhatWasChosen_MakesDraftsThatOnlyThePublishingLetsOut()
    {
        var ann = await site.AnnAsync();
        var json = $"[{Entry("Left behind", "10.5555/begin.1")},{Entry("A beginning, of herons", "doi:10.5555/Begin.2", "\"note\":\"kept nowhere\"")}]";
        using var begun = await PostAsync(ann, "/begin", json, 2);
        Assert.Equal(HttpStatusCode.Redirect, begun.StatusCode);
        var page = await ann.GetPageAsync(begun.To());
        var link = Assert.Single(page.QuerySelectorAll(".begun a"));
        var key = link.TextContent;
        Assert.Equal($"/editing/reference/{key}", link.GetAttribute("href"));
        Assert.Contains("One draft was begun.", page.QuerySelector(".begun")!.TextContent, StringComparison.Ordinal);

        var item = await site.ItemAsync($"reference/{key}");
        Assert.Equal((null, 1, "ann@example.org", ReferenceImport.Reason), (item.LiveNumber, item.LastNumber, item.Revisions.Single().Author, item.Revisions[0].Reason));
        Assert.Equal($$"""
            {
                "id": "{{key}}",
                "type": "article-journal",
                "title": "A beginning, of herons",
                "author": [],
                "issued": {
                  "date-parts": [
                    [
                      2021
                    ]
                  ]
                },
                "DOI": "10.5555/Begin.2"
              }
            """.ReplaceLineEndings("\n"), item.Revisions[0].Source);
        Assert.Contains($"reference {key} 1", await site.TraceAsync(AuditAction.ContentSaved));
        Assert.False(await IsStoredAsync("Left behind"));

        // Nothing can lean on it before somebody publishes it.
        Assert.DoesNotContain("A beginning, of herons", (await ann.GetPageAsync("/editing/inserts/source")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Equal($"/editing/reference/{key}?done=published", await ann.DeedAsync($"reference/{key}", "publish", 1));
        Assert.Equal(1, (await site.ItemAsync($"reference/{key}")).LiveNumber);
    }

    /// <summary>Of many who press at once, one begins it; the others are told where it is, and what is still new can be begun by them.</summary>
    [Fact]
    public async Task Begin_ByManyAtOnce_BeginsOneDraftAndTellsTheOthersWhereItIs()
    {
        var people = new[] { await site.AnnAsync(), await site.CyAsync(), await site.DeeAsync() };
        var json = $"[{Entry("At once", "10.5555/once.1")},{Entry("And more", "10.5555/once.2")}]";
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(number => PostAsync(people[number % 3], "/begin", json, 1)));
        Assert.Equal((1, 5), (answers.Count(answer => answer.StatusCode == HttpStatusCode.Redirect), answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict)));
        var key = answers.Single(answer => answer.StatusCode == HttpStatusCode.Redirect).To().Split('=')[1];
        foreach (var answer in answers.Where(answer => answer.StatusCode == HttpStatusCode.Conflict))
        {
            var page = await answer.ReadAsync();
            Assert.Contains("One of those you chose is here already", page.QuerySelector(".summary")!.TextContent, StringComparison.Ordinal);
            Assert.Contains($"By its DOI the same as {key}: At once", page.QuerySelector("table.import")!.TextContent, StringComparison.Ordinal);
            Assert.Equal("2", Assert.Single(page.QuerySelectorAll("[name=Chosen]")).GetAttribute("value"));
        }

        // One that is there keeps the other out, until it is chosen without it.
        using (var both = await PostAsync(people[1], "/begin", json, 1, 2)) Assert.Equal(HttpStatusCode.Conflict, both.StatusCode);
        Assert.False(await IsStoredAsync("And more"));
        using (var other = await PostAsync(people[1], "/begin", json, 2)) Assert.Equal(HttpStatusCode.Redirect, other.StatusCode);
        Assert.Equal(1, await site.InDatabaseAsync(db => db.Set<ContentRevision>().CountAsync(revision => revision.Source.Contains("\"At once\""))));
    }

    [Theory]
    [InlineData("10.5555/SAME.1")]
    [InlineData("doi:10.5555/same.1")]
    [InlineData("https://doi.org/10.5555/Same.1")]
    [InlineData("http://dx.doi.org/10.5555/same.1")]
    public async Task Begin_OfADoiThatADraftHasInOtherLetters_BeginsNothing(string doi)
    {
        var ann = await site.AnnAsync();
        if (!await IsStoredAsync("Same as before")) using (await PostAsync(ann, "/begin", $"[{Entry("Same as before", "10.5555/same.1")}]", 1)) { }
        var before = await CountAsync();
        using var answer = await PostAsync(ann, "/begin", $"[{Entry("Under another title", doi)}]", 1);
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("Same as before", (await answer.ReadAsync()).QuerySelector("table.import")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(before, await CountAsync());
    }

    [Fact]
    public async Task Begin_OfNothingNew_KeepsWhatWasPastedAndUnticked()
    {
        var ann = await site.AnnAsync();
        var json = $$"""[{{Entry("Never begun", "10.5555/none.1")}},{"type":"song"}]""";
        foreach (var chosen in new int[][] { [], [2], [99] })
        {
            using var answer = await PostAsync(ann, "/begin", json, chosen);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
            var page = await answer.ReadAsync();
            Assert.Contains("Choose at least one entry that is new.", page.QuerySelector(".summary")!.TextContent, StringComparison.Ordinal);
            Assert.False(((IHtmlInputElement)page.QuerySelector("[name=Chosen]")!).IsChecked);
            Assert.Equal(json, page.QuerySelector("#f-json")!.TextContent);
        }

        Assert.False(await IsStoredAsync("Never begun"));
    }

    [Theory]
    [InlineData("", "Paste CSL-JSON")]
    [InlineData("\n@article{heron, title={<b>}}", "cannot be read as JSON. Look at line 2")]
    [InlineData("[{\"title\":\"a\"", "cannot be read as JSON")]
    [InlineData("true", "neither a list of entries nor one entry")]
    public async Task Look_AtWhatIsNoCslJson_SaysSoAndKeepsIt(string typed, string says)
    {
        foreach (var deed in new[] { "", "/begin" })
        {
            using var answer = await PostAsync(await site.AnnAsync(), deed, typed, 1);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
            var page = await answer.ReadAsync();
            Assert.Contains(says, page.QuerySelector(".summary")!.TextContent, StringComparison.Ordinal);
            Assert.Contains(says, page.QuerySelector("#f-json-error")!.TextContent, StringComparison.Ordinal);
            Assert.Equal(typed, page.QuerySelector("#f-json")!.TextContent);
        }
    }

    /// <summary>Whatever stands in it, the answer is a page that says what would happen, or why nothing does.</summary>
    [Theory]
    [InlineData("[[[[[[[]]]]]]]", HttpStatusCode.OK)]
    [InlineData("{\"type\":{\"a\":1},\"title\":[],\"author\":{},\"issued\":[],\"DOI\":{},\"URL\":false,\"volume\":{},\"page\":[1]}", HttpStatusCode.OK)]
    [InlineData("{\"title\":\"\\ud800\",\"\\udfff\":{}}", HttpStatusCode.OK)]
    [InlineData("{\"type\":\"book\",\"title\":\"a\",\"title\":\"b\",\"issued\":{\"date-parts\":[[9e9999,-0.0,\"\"]]}}", HttpStatusCode.OK)]
    [InlineData("{\"type\":\"webpage\",\"title\":\"</textarea><script>alert(1)</script>\",\"issued\":{\"date-parts\":[[2021]]},\"URL\":\"javascript:alert(1)\"}", HttpStatusCode.OK)]
    [InlineData("[deep]", HttpStatusCode.UnprocessableEntity)]
    [InlineData("[long]", HttpStatusCode.UnprocessableEntity)]
    [InlineData("[1,\u0000]", HttpStatusCode.UnprocessableEntity)]
    public async Task Look_AtSomethingHostile_IsAnsweredInWords(string json, HttpStatusCode status)
    {
        var text = json switch { "[deep]" => new string('[', 200_000), "[long]" => $"[\"{new string('a', CslReader.MostBytes)}\"]", _ => json };
        foreach (var deed in new[] { "", "/begin" })
        {
            using var answer = await PostAsync(await site.AnnAsync(), deed, text, 1);
            Assert.Equal(deed.Length == 0 ? status : HttpStatusCode.UnprocessableEntity, answer.StatusCode);
            var page = await answer.ReadAsync();
            Assert.Equal("Import references", page.QuerySelector("h1")!.TextContent);
            Assert.DoesNotContain(page.QuerySelectorAll("script"), script => script.TextContent.Length > 0);
            Assert.DoesNotContain(page.QuerySelectorAll("a[href]"), link => link.GetAttribute("href")!.StartsWith("javascript", StringComparison.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public async Task Look_AtAFile_TakesItsTextOrSaysWhyNot()
    {
        var ann = await site.AnnAsync();
        var json = $"[{Entry("From a file", "10.5555/file.1")}]";
        using (var taken = await PostFileAsync(ann, "", [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(json)]))
        {
            Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
            Assert.Equal(json, (await taken.ReadAsync()).QuerySelector("textarea[hidden]")!.TextContent);
        }

        foreach (var (typed, bytes, says) in new (string, byte[], string)[]
        {
            ("", Encoding.Latin1.GetBytes("[\"Vögel\"]"), "not written in UTF-8"),
            ("[]", Encoding.UTF8.GetBytes(json), "You pasted a text and chose a file."),
            ("", new byte[CslReader.MostBytes + 1], "longer than 512 KB"),
        })
        {
            using var refused = await PostFileAsync(ann, typed, bytes);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
            var page = await refused.ReadAsync();
            Assert.Contains(says, page.QuerySelector(".summary")!.TextContent, StringComparison.Ordinal);
            Assert.Contains(says, page.QuerySelector("#f-file-error")!.TextContent, StringComparison.Ordinal);
            Assert.Equal(typed, page.QuerySelector("#f-json")!.TextContent);
        }
    }

    /// <summary>As long as it may be, of signs that a form without parts would write three times as long, and with lines that end as browsers send them.</summary>
    [Fact]
    public async Task Begin_OfTheLongestImport_IsTakenAsItWasLookedAt()
    {
        var entries = Enumerable.Range(0, CslReader.MostEntries).Select(number => Entry($"Größe {number}", $"10.5555/long.{number}")).ToList();
        var json = $"[{string.Join(",\n", entries)}{string.Concat(Enumerable.Repeat("\n", 20_000))}]";
        json = json.Insert(json.Length - 1, new string(' ', CslReader.MostBytes - Encoding.UTF8.GetByteCount(json)));
        var ann = await site.AnnAsync();
        using (var looked = await PostAsync(ann, "", json)) Assert.Equal($"Begin {CslReader.MostEntries} drafts", (await looked.ReadAsync()).QuerySelector("form[action$=begin] button")!.TextContent);
        using var begun = await PostAsync(ann, "/begin", json.ReplaceLineEndings("\r\n"), [.. Enumerable.Range(1, CslReader.MostEntries)]);
        Assert.Equal(HttpStatusCode.Redirect, begun.StatusCode);
        Assert.Equal(CslReader.MostEntries, (await ann.GetPageAsync(begun.To())).QuerySelectorAll(".begun a").Length);
    }

    /// <summary>Longer than any form of the desk: it is not read at all.</summary>
    [Fact]
    public async Task Look_AtAFileLongerThanAnyForm_IsRefusedByAPage()
    {
        using var refused = await PostFileAsync(await site.AnnAsync(), "", new byte[1024 * 1024]);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, refused.StatusCode);
        Assert.Contains("longer than we can take", await refused.MainAsync(), StringComparison.Ordinal);
    }

    /// <summary>What says in an import that it was checked says it nowhere else: the page that cites the source is asked for all of it.</summary>
    [Fact]
    public async Task Cite_AnImportedReferenceWithoutAGrade_IsRefusedWhateverTheImportSaid()
    {
        var (ann, bea) = (await site.AnnAsync(), await site.BeaAsync());
        using var begun = await PostAsync(ann, "/begin", $"[{Entry("Checked by nobody", "10.5555/grade.1", "\"grade\":\"supports\",\"basis\":\"full-text\",\"checkedBy\":\"editorial\",\"checkedOn\":\"2026-11-22\",\"note\":\"checked\"")}]", 1);
        var key = begun.To().Split('=')[1];
        Assert.DoesNotContain("check", (await site.ItemAsync($"reference/{key}")).Revisions[0].Source.Replace("Checked by nobody", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);
        await ann.DeedAsync($"reference/{key}", "publish", 1);

        var post = await EditPost.OpenAsync(ann, "page/accessibility");
        await post.With("Head", $"{post["Head"]}\nclaims:\n  {key}:\n    claim: Somebody said so.\n    note: They did.\n    grade:\n    basis:\n    checkedBy:\n    checkedOn:\n").With("Body", $"{post["Body"]}\n\nSomebody said so.[@{key}]\n").SaveAsync(ann);
        await bea.DeedAsync("page/accessibility", "approve", 2);
        using var refused = await ann.DeedAnswerAsync("page/accessibility", "publish", 2);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("[citation-graded]", await refused.MainAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publish_AnImportedReference_IsExportedImportedElsewhereAndExportedAgainByteForByte()
    {
        var ann = await site.AnnAsync();
        var json = $"[{Entry("Ünïcode “quotes” \\\"and\\\" <b>\\ud83d\\ude42</b> \\\\ &", "10.5555/export.1", "\"volume\":3,\"publisher\":\"A & B\",\"author\":[{\"family\":\"Heron\",\"given\":\"Ann\"}]")}]";
        using var begun = await PostAsync(ann, "/begin", json, 1);
        var key = begun.To().Split('=')[1];
        await ann.DeedAsync($"reference/{key}", "publish", 1);
        var (one, two) = (Directory.CreateTempSubdirectory("amfmsite-csl-"), Directory.CreateTempSubdirectory("amfmsite-csl-"));
        using var elsewhere = new SiteHost();
        try
        {
            ContentPack.Write(one.FullName, await site.InDatabaseAsync(db => PublishedContent.LiveAsync(db, CancellationToken.None)));
            var source = (await site.ItemAsync($"reference/{key}")).Revisions[0].Source;
            Assert.Equal(source, ContentPack.Read(one.FullName).Single(file => file.Key == key).Text);

            _ = elsewhere.Address;
            await using (var scope = elsewhere.Services.CreateAsyncScope()) await scope.ServiceProvider.GetRequiredService<ContentImport>().RunAsync(one.FullName, CancellationToken.None);
            Assert.Equal(source, (await elsewhere.ItemAsync($"reference/{key}")).Revisions.Single().Source);
            ContentPack.Write(two.FullName, await elsewhere.InDatabaseAsync(db => PublishedContent.LiveAsync(db, CancellationToken.None)));
            Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(one.FullName, "references.json")), await File.ReadAllBytesAsync(Path.Combine(two.FullName, "references.json")));

            // In the very form of the pack: what any writer of JSON makes of it, indented by two, is the same text.
            using var pack = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(one.FullName, "references.json")));
            Assert.Equal(CslJson.Write(CslJson.Parse(source)!), source);
            Assert.Contains(pack.RootElement.EnumerateArray(), entry => entry.GetProperty("id").GetString() == key && entry.GetProperty("title").GetString() == "Ünïcode “quotes” \"and\" <b>🙂</b> \\ &");
        }
        finally
        {
            one.Delete(recursive: true);
            two.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Import_ByAReviewer_IsNotThere()
    {
        var bea = await site.BeaAsync();
        using var answer = await bea.GetAsync(Page);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Null((await bea.GetPageAsync("/editing?kind=reference")).QuerySelector($"a[href='{Page}']"));
    }

    private static string Entry(string title, string doi, string more = "") =>
        $$"""{"id":"x","type":"article-journal","title":"{{title}}","issued":{"date-parts":[[2021]]},"DOI":"{{doi}}"{{(more.Length > 0 ? "," + more : "")}}}""";

    private static Task<HttpResponseMessage> PostAsync(HttpClient editor, string deed, string json, params int[] chosen) =>
        SendAsync(editor, deed, [new(new StringContent(json), "Json"), .. chosen.Select(place => KeyValuePair.Create<HttpContent, string>(new StringContent($"{place}"), "Chosen"))]);

    private static Task<HttpResponseMessage> PostFileAsync(HttpClient editor, string typed, byte[] file) =>
        SendAsync(editor, "", [new(new StringContent(typed), "Json"), new(new ByteArrayContent(file), "File")]);

    private static async Task<HttpResponseMessage> SendAsync(HttpClient editor, string deed, IEnumerable<KeyValuePair<HttpContent, string>> fields)
    {
        using var form = new MultipartFormDataContent { { new StringContent((await editor.GetPageAsync(Page)).QuerySelector("[name=__RequestVerificationToken]")!.GetAttribute("value")!), "__RequestVerificationToken" } };
        foreach (var (content, name) in fields)
            if (name == "File") form.Add(content, name, "export.json");
            else form.Add(content, name);
        return await editor.PostAsync(Page + deed, form);
    }

    private Task<int> CountAsync() => site.InDatabaseAsync(db => db.ContentItems.CountAsync(item => item.Kind == ContentKinds.Reference));

    private Task<bool> IsStoredAsync(string words) => site.InDatabaseAsync(db => db.Set<ContentRevision>().AnyAsync(revision => revision.Source.Contains(words)));
}
