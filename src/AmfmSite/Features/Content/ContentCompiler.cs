using AmfmSite.Features.Content.Markdown;
using AmfmSite.Features.Content.Pack;
using AmfmSite.Features.Content.Pictures;
using AmfmSite.Features.Desk;

namespace AmfmSite.Features.Content;

/// <summary>Makes the published snapshot from sources. All faults of all files are found in one go.</summary>
internal static class ContentCompiler
{
    /// <summary>Characters of one file. The longest page has some fifteen thousand.</summary>
    public const int MostCharacters = 250_000;

    private static readonly string[] NotLinted = [ContentKinds.Reference, ContentKinds.Synonyms, ContentKinds.CrisisWords];

    /// <param name="tolerates">Which faults against <see cref="ContentRules.OfManner"/> are passed over; none without it.</param>
    /// <param name="stored">Uploaded pictures that are there, by name; none without it.</param>
    /// <exception cref="ContentFaultException">There are faults; the message lists them by file and line.</exception>
    public static ContentSnapshot Compile(IReadOnlyList<SourceFile> all, PublicPromises promises, long version, Predicate<ContentFault>? tolerates = null, IReadOnlyDictionary<string, PictureSize>? stored = null)
    {
        var faults = new List<ContentFault>();
        faults.AddRange(all.Where(file => !ContentPack.IsKey(file.Key)).Select(file => new ContentFault(file.Path, 0, $"\"{file.Key}\" is no name for a record. {ContentPack.KeyRule}", ContentRules.Pack)));
        faults.AddRange(all.Where(file => file.Text.Length > MostCharacters).Select(file => new ContentFault(file.Path, 0, $"is longer than {MostCharacters} characters, far beyond what anybody reads. Make several of it.", ContentRules.Size)));
        var files = all.Where(file => file.Text.Length <= MostCharacters).ToList();
        var provider = Records<Provider>(files, ContentKinds.Provider, faults).Select(record => record.Value).SingleOrDefault();
        var levels = Records<LevelOfCare>(files, ContentKinds.Level, faults);
        var locations = Records<Location>(files, ContentKinds.Location, faults);
        var treatments = Records<Treatment>(files, ContentKinds.Treatment, faults);
        var crisis = Records<CrisisResource>(files, ContentKinds.Crisis, faults);
        var pictures = Records<Picture>(files, ContentKinds.Picture, faults);
        var crisisWords = Records<List<string>>(files, ContentKinds.CrisisWords, faults);
        var synonyms = Records<List<List<string>>>(files, ContentKinds.Synonyms, faults);
        var references = RecordRules.References(files, faults);
        var pages = Heads<PageFront>(files, ContentKinds.Page, faults);
        var questions = Heads<FaqFront>(files, ContentKinds.Faq, faults);
        var terms = Heads<TermFront>(files, ContentKinds.Term, faults);
        var exceptions = pages.Select(page => (page.File, page.Head.Exceptions))
            .Concat(questions.Select(question => (question.File, question.Head.Exceptions)))
            .Concat(terms.Select(term => (term.File, term.Head.Exceptions)))
            .ToLookup(head => head.File, head => head.Exceptions);
        foreach (var file in files.Where(file => !NotLinted.Contains(file.Kind))) WordLint.Check(file, exceptions[file].FirstOrDefault() ?? [], faults);
        foreach (var (file, level) in levels) level.Id = file.Key;
        foreach (var (file, location) in locations) location.Id = file.Key;
        foreach (var (file, treatment) in treatments) treatment.Id = file.Key;
        foreach (var (file, resource) in crisis) resource.Id = file.Key;
        foreach (var (file, picture) in pictures) (picture.Id, picture.Size) = (file.Key, stored?.GetValueOrDefault(picture.File));
        foreach (var (file, location) in locations) RecordRules.Check(file, location, faults);
        foreach (var (file, resource) in crisis) RecordRules.Check(file, resource, faults);
        foreach (var (file, picture) in pictures) RecordRules.Check(file, picture, faults);
        foreach (var (file, level) in levels) RecordRules.Written(file, faults, ("name", level.Name), ("line", level.Line));
        foreach (var (file, treatment) in treatments) RecordRules.Written(file, faults, ("name", treatment.Name), ("line", treatment.Line));

        foreach (var (file, head, _, _) in pages.Where(page => SitePaths.ById.ContainsKey(page.File.Key) || SitePaths.ById.Values.Contains(page.Head.Slug)))
            faults.Add(new(file.Path, file.LineOf("slug"), $"{file.Key} or {head.Slug} is taken by the site itself.", ContentRules.Slug));
        foreach (var twice in pages.GroupBy(page => page.Head.Slug).Where(group => group.Count() > 1))
            faults.Add(new(twice.Last().File.Path, 1, $"The slug {twice.Key} is taken by {twice.First().File.Path} already.", ContentRules.Slug));
        var slugs = pages.DistinctBy(page => page.File.Key).ToDictionary(page => page.File.Key, page => page.Head.Slug);
        foreach (var (file, id) in levels.Select(record => (record.File, record.Value.Page))
            .Concat(locations.Select(record => (record.File, record.Value.Page)))
            .Concat(treatments.Select(record => (record.File, record.Value.Page)))
            .Where(record => record.Page.Length > 0 && !slugs.ContainsKey(record.Page)))
            faults.Add(new(file.Path, file.LineOf("page"), $"page: {id} is no page of this pack.", ContentRules.RecordLink));
        var redirects = Redirects(files, slugs, faults);
        var desk = DeskOf(files, faults);
        if (provider is null || desk is null) throw new ContentFaultException(faults.Count > 0 ? faults : [new("provider.yaml", 0, "or settings.yaml is missing.", ContentRules.Pack)]);

        var known = new KnownIds(
            slugs.Keys.ToHashSet(),
            pages.Where(page => page.Head.Kind == PageKind.Condition).Select(page => page.File.Key).ToHashSet(),
            questions.Select(question => question.File.Key).ToHashSet(),
            levels.Select(level => level.File.Key).ToHashSet(),
            pictures.Select(picture => picture.File.Key).ToHashSet(),
            pictures.Where(picture => picture.Value.IsUploaded).Select(picture => picture.File.Key).ToHashSet());
        var links = new LinkTargets(SitePaths.ById.Concat(slugs).DistinctBy(path => path.Key).ToDictionary(), terms.Select(term => term.File.Key).ToHashSet());
        var renderer = new PageRenderer(provider, promises, desk);
        var glossary = new Dictionary<string, GlossaryTerm>(StringComparer.Ordinal);
        var anchors = new PageAnchors();
        var followed = new HashSet<ContentLink>();
        var compiler = new PageCompiler(renderer, links, references, known, glossary, anchors, followed, faults);
        foreach (var term in terms) glossary[term.File.Key] = compiler.Term(term.File, term.Head, term.Body, term.LinesBefore);
        var faqs = questions.Select(question => compiler.Question(question.File, question.Head, question.Body, question.LinesBefore)).ToDictionary(faq => faq.Id);
        var published = pages.Select(page => compiler.Page(page.File, page.Head, page.Body, page.LinesBefore)).ToList();
        foreach (var (file, head, _, _) in questions.Where(question => published.Find(page => page.Id == question.Head.Page) is { } home && !home.FaqIds.Contains(question.File.Key)))
            faults.Add(new(file.Path, file.LineOf("page"), $"page: {head.Page} does not show this question. Name it under faqs: there, or give it another home.", ContentRules.QuestionHome));
        faults.AddRange(anchors.Missing());
        var (tolerated, others) = (faults.FindAll(IsTolerated), faults.FindAll(fault => !IsTolerated(fault)));
        if (others.Count > 0) throw new ContentFaultException(others);

        return new()
        {
            Version = version,
            Tolerated = tolerated,
            Provider = provider,
            Pages = published,
            References = references,
            Faqs = faqs,
            Levels = [.. levels.Select(level => level.Value).OrderBy(level => level.Order)],
            Locations = [.. locations.Select(location => location.Value).OrderBy(location => location.Order)],
            Treatments = [.. treatments.Select(treatment => treatment.Value).OrderBy(treatment => treatment.Order)],
            CrisisResources = [.. crisis.Select(resource => resource.Value).OrderBy(resource => resource.Order)],
            Glossary = [.. glossary.Values.OrderBy(term => term.Term, StringComparer.OrdinalIgnoreCase)],
            Pictures = pictures.ToDictionary(picture => picture.Value.Id, picture => picture.Value),
            Redirects = redirects,
            Links = followed,
            Desk = desk,
            CrisisWords = new(crisisWords.SelectMany(record => record.Value)),
            Synonyms = [.. synonyms.SelectMany(record => record.Value)],
        };

        bool IsTolerated(ContentFault fault) => tolerates is not null && ContentRules.OfManner.Contains(fault.Rule) && tolerates(fault);
    }

    private static DeskSettings? DeskOf(IEnumerable<SourceFile> files, List<ContentFault> faults) =>
        Records<DeskFront>(files, ContentKinds.Desk, faults)
            .Select(record => record.Value.Read((key, message) => faults.Add(new(record.File.Path, record.File.LineOf(key), $"{key}: {message}", ContentRules.Desk))))
            .FirstOrDefault();

    private static Dictionary<string, Redirect> Redirects(IEnumerable<SourceFile> files, Dictionary<string, string> slugs, List<ContentFault> faults)
    {
        var redirects = new Dictionary<string, Redirect>(StringComparer.OrdinalIgnoreCase);
        foreach (var (file, list) in Records<List<Redirect>>(files, ContentKinds.Redirects, faults))
        {
            foreach (var redirect in list)
            {
                var line = file.LineOf("from", redirect.From);
                if (!Slug.IsValid(redirect.From)) faults.Add(new(file.Path, line, $"from: {Slug.Rule}", ContentRules.Redirect));
                if (slugs.ContainsValue(redirect.From)) faults.Add(new(file.Path, line, $"{redirect.From} is the address of a page; it cannot lead elsewhere.", ContentRules.Redirect));
                if (redirect.Gone == redirect.To.Length > 0) faults.Add(new(file.Path, line, "Write either to: with the id of a page, or gone: true.", ContentRules.Redirect));
                else if (!redirect.Gone && !slugs.ContainsKey(redirect.To)) faults.Add(new(file.Path, line, $"to: {redirect.To} is no page of this pack. It takes the id of a page, never an address, so that no chain and no loop can be written. Where nothing took its place, write gone: true.", ContentRules.Redirect));
                if (!redirects.TryAdd(redirect.From, redirect)) faults.Add(new(file.Path, line, $"{redirect.From} stands twice.", ContentRules.Redirect));
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
}
