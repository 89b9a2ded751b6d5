using System.Text.Json;
using AmfmSite.Features.Content.Markdown;
using AmfmSite.Features.Content.Pack;
using AmfmSite.Features.Desk;

namespace AmfmSite.Features.Content;

/// <summary>Makes the published snapshot from sources. All faults of all files are found in one go.</summary>
internal static class ContentCompiler
{
    private static readonly JsonSerializerOptions Csl = new() { PropertyNameCaseInsensitive = true };

    /// <exception cref="ContentFaultException">There are faults; the message lists them by file and line.</exception>
    public static ContentSnapshot Compile(IReadOnlyList<SourceFile> files, PublicPromises promises, long version)
    {
        var faults = new List<ContentFault>();
        foreach (var file in files.Where(file => file.Kind != ContentKinds.Reference)) WordRules.Check(file, faults);
        var provider = Records<Provider>(files, ContentKinds.Provider, faults).Select(record => record.Value).SingleOrDefault();
        var levels = Records<LevelOfCare>(files, ContentKinds.Level, faults);
        var locations = Records<Location>(files, ContentKinds.Location, faults);
        var treatments = Records<Treatment>(files, ContentKinds.Treatment, faults);
        var crisis = Records<CrisisResource>(files, ContentKinds.Crisis, faults);
        var pictures = Records<Picture>(files, ContentKinds.Picture, faults);
        var references = References(files, faults);
        var pages = Heads<PageFront>(files, ContentKinds.Page, faults);
        var questions = Heads<FaqFront>(files, ContentKinds.Faq, faults);
        var terms = Heads<TermFront>(files, ContentKinds.Term, faults);
        foreach (var (file, level) in levels) level.Id = file.Key;
        foreach (var (file, location) in locations) location.Id = file.Key;
        foreach (var (file, treatment) in treatments) treatment.Id = file.Key;
        foreach (var (file, resource) in crisis) resource.Id = file.Key;
        foreach (var (file, picture) in pictures) picture.Id = file.Key;

        foreach (var twice in pages.GroupBy(page => page.Head.Slug).Where(group => group.Count() > 1))
            faults.Add(new(twice.Last().File.Path, 1, $"The slug {twice.Key} is taken by {twice.First().File.Path} already."));
        var slugs = pages.DistinctBy(page => page.File.Key).ToDictionary(page => page.File.Key, page => page.Head.Slug);
        foreach (var (file, id) in levels.Select(record => (record.File, record.Value.Page))
            .Concat(locations.Select(record => (record.File, record.Value.Page)))
            .Concat(treatments.Select(record => (record.File, record.Value.Page)))
            .Where(record => record.Page.Length > 0 && !slugs.ContainsKey(record.Page)))
            faults.Add(new(file.Path, file.LineOf("page"), $"page: {id} is no page of this pack."));
        foreach (var (file, _) in pictures.Where(picture => picture.Value is { People: true, Consent.Length: 0 }))
            faults.Add(new(file.Path, file.LineOf("people"), "People are shown only with their consent. Write under consent: who agreed, when, and where the paper lies."));
        foreach (var (file, _) in crisis.Where(resource => resource.Value.Web is { Length: > 0 } web && !web.StartsWith("https://", StringComparison.Ordinal)))
            faults.Add(new(file.Path, file.LineOf("web"), "web: begins with https://."));
        var redirects = Redirects(files, slugs, faults);
        var desk = DeskOf(files, faults);
        if (provider is null || desk is null) throw new ContentFaultException(faults.Count > 0 ? faults : [new("provider.yaml", 0, "or settings.yaml is missing.")]);

        var known = new KnownIds(
            slugs.Keys.ToHashSet(),
            pages.Where(page => page.Head.Kind == PageKind.Condition).Select(page => page.File.Key).ToHashSet(),
            questions.Select(question => question.File.Key).ToHashSet(),
            levels.Select(level => level.File.Key).ToHashSet(),
            pictures.Select(picture => picture.File.Key).ToHashSet());
        var links = new LinkTargets(slugs, terms.Select(term => term.File.Key).ToHashSet());
        var renderer = new PageRenderer(provider, promises, desk);
        var glossary = new Dictionary<string, GlossaryTerm>(StringComparer.Ordinal);
        var compiler = new PageCompiler(renderer, links, references, known, glossary, faults);
        foreach (var term in terms) glossary[term.File.Key] = compiler.Term(term.File, term.Head, term.Body, term.LinesBefore);
        var faqs = questions.Select(question => compiler.Question(question.File, question.Head, question.Body, question.LinesBefore)).ToDictionary(faq => faq.Id);
        var published = pages.Select(page => compiler.Page(page.File, page.Head, page.Body, page.LinesBefore)).ToList();
        foreach (var (file, head, _, _) in questions.Where(question => published.Find(page => page.Id == question.Head.Page) is { } home && !home.FaqIds.Contains(question.File.Key)))
            faults.Add(new(file.Path, file.LineOf("page"), $"page: {head.Page} does not show this question. Name it under faqs: there, or give it another home."));
        if (faults.Count > 0) throw new ContentFaultException(faults);

        return new()
        {
            Version = version,
            Provider = provider,
            Pages = published,
            Faqs = faqs,
            Levels = [.. levels.Select(level => level.Value).OrderBy(level => level.Order)],
            Locations = [.. locations.Select(location => location.Value).OrderBy(location => location.Order)],
            Treatments = [.. treatments.Select(treatment => treatment.Value).OrderBy(treatment => treatment.Order)],
            CrisisResources = [.. crisis.Select(resource => resource.Value).OrderBy(resource => resource.Order)],
            Glossary = [.. glossary.Values.OrderBy(term => term.Term, StringComparer.OrdinalIgnoreCase)],
            Pictures = pictures.ToDictionary(picture => picture.Value.Id, picture => picture.Value),
            Redirects = redirects,
            Desk = desk,
            CrisisWords = new(Records<List<string>>(files, ContentKinds.CrisisWords, faults).SelectMany(record => record.Value)),
        };
    }

    private static DeskSettings? DeskOf(IEnumerable<SourceFile> files, List<ContentFault> faults) =>
        Records<DeskFront>(files, ContentKinds.Desk, faults)
            .Select(record => record.Value.Read((key, message) => faults.Add(new(record.File.Path, record.File.LineOf(key), message))))
            .FirstOrDefault();

    private static Dictionary<string, Redirect> Redirects(IEnumerable<SourceFile> files, Dictionary<string, string> slugs, List<ContentFault> faults)
    {
        var redirects = new Dictionary<string, Redirect>(StringComparer.OrdinalIgnoreCase);
        foreach (var (file, list) in Records<List<Redirect>>(files, ContentKinds.Redirects, faults))
        {
            foreach (var redirect in list)
            {
                var line = file.LineOf("from", redirect.From);
                if (!Slug.IsValid(redirect.From)) faults.Add(new(file.Path, line, $"from: {Slug.Rule}"));
                if (slugs.ContainsValue(redirect.From)) faults.Add(new(file.Path, line, $"{redirect.From} is the address of a page; it cannot lead elsewhere."));
                if (redirect.Gone == redirect.To.Length > 0) faults.Add(new(file.Path, line, "Write either to: with the id of a page, or gone: true."));
                else if (!redirect.Gone && !slugs.ContainsKey(redirect.To)) faults.Add(new(file.Path, line, $"to: {redirect.To} is no page of this pack. Where nothing took its place, write gone: true."));
                if (!redirects.TryAdd(redirect.From, redirect)) faults.Add(new(file.Path, line, $"{redirect.From} stands twice."));
            }
        }

        return redirects;
    }

    private static List<(SourceFile File, T Value)> Records<T>(IEnumerable<SourceFile> files, string kind, List<ContentFault> faults) where T : class =>
        [.. files.Where(file => file.Kind == kind)
            .Select(file => (file, FrontMatter.Read<T>(file, faults)))
            .Where(record => record.Item2 is not null)
            .Select(record => (record.file, record.Item2!))];

    private static List<(SourceFile File, T Head, string Body, int LinesBefore)> Heads<T>(IEnumerable<SourceFile> files, string kind, List<ContentFault> faults)
        where T : class, new() =>
        [.. files.Where(file => file.Kind == kind)
            .Select(file => (file, FrontMatter.Split<T>(file, faults)))
            .Where(page => page.Item2 is not null)
            .Select(page => (page.file, page.Item2!.Value.Head, page.Item2.Value.Body, page.Item2.Value.LinesBefore))];

    private static Dictionary<string, CslReference> References(IEnumerable<SourceFile> files, List<ContentFault> faults)
    {
        var references = new Dictionary<string, CslReference>(StringComparer.Ordinal);
        foreach (var file in files.Where(file => file.Kind == ContentKinds.Reference))
        {
            try
            {
                if (JsonSerializer.Deserialize<CslReference>(file.Text, Csl) is not { Title.Length: > 0 } reference)
                    faults.Add(new(file.Path, 0, $"The reference {file.Key} has no title."));
                else if (reference.Doi.Contains("doi", StringComparison.OrdinalIgnoreCase))
                    faults.Add(new(file.Path, 0, $"The reference {file.Key}: write the DOI bare, from 10. on."));
                else if (!references.TryAdd(file.Key, reference))
                    faults.Add(new(file.Path, 0, $"There are two references {file.Key}."));
            }
            catch (JsonException fault)
            {
                faults.Add(new(file.Path, 0, $"The reference {file.Key} cannot be read: {fault.Message}"));
            }
        }

        return references;
    }
}
