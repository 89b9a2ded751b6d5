using System.Text.Json;
using AmfmSite.Features.Content.Markdown;
using AmfmSite.Features.Content.Pack;

namespace AmfmSite.Features.Content;

/// <summary>Makes the published snapshot from sources. All faults of all files are found in one go.</summary>
internal static class ContentCompiler
{
    private static readonly JsonSerializerOptions Csl = new() { PropertyNameCaseInsensitive = true };

    /// <param name="retentionDays">Days after which a closed request is deleted; the text quotes it.</param>
    /// <exception cref="ContentFaultException">There are faults; the message lists them by file and line.</exception>
    public static ContentSnapshot Compile(IReadOnlyList<SourceFile> files, int retentionDays, long version)
    {
        var faults = new List<ContentFault>();
        var provider = Records<Provider>(files, ContentKinds.Provider, faults).Select(record => record.Value).SingleOrDefault();
        var levels = Records<LevelOfCare>(files, ContentKinds.Level, faults);
        var locations = Records<Location>(files, ContentKinds.Location, faults);
        var references = References(files, faults);
        var pages = Heads<PageFront>(files, ContentKinds.Page, faults);
        var questions = Heads<FaqFront>(files, ContentKinds.Faq, faults);
        foreach (var (file, level) in levels) level.Id = file.Key;
        foreach (var (file, location) in locations) location.Id = file.Key;

        foreach (var twice in pages.GroupBy(page => page.Head.Slug).Where(group => group.Count() > 1))
            faults.Add(new(twice.Last().File.Path, 0, $"The slug {twice.Key} is taken by {twice.First().File.Path} already."));
        var slugs = pages.DistinctBy(page => page.File.Key).ToDictionary(page => page.File.Key, page => page.Head.Slug);
        foreach (var (file, level) in levels.Where(level => level.Value.Page.Length > 0 && !slugs.ContainsKey(level.Value.Page)))
            faults.Add(new(file.Path, 0, $"page: {level.Page} is no page of this pack."));
        if (provider is null) throw new ContentFaultException(faults.Count > 0 ? faults : [new("provider.yaml", 0, "is missing.")]);

        var compiler = new PageCompiler(
            new PageRenderer(provider, retentionDays),
            new LinkTargets(slugs),
            references,
            questions.Select(question => question.File.Key).ToHashSet(),
            slugs.Keys.ToHashSet(),
            levels.Select(level => level.File.Key).ToHashSet(),
            faults);
        var published = pages.Select(page => compiler.Page(page.File, page.Head, page.Body, page.LinesBefore)).ToList();
        var faqs = questions.Select(question => compiler.Question(question.File, question.Head, question.Body, question.LinesBefore)).ToDictionary(faq => faq.Id);
        if (faults.Count > 0) throw new ContentFaultException(faults);

        return new(version, provider, published, faqs,
            [.. levels.Select(level => level.Value).OrderBy(level => level.Order)],
            [.. locations.Select(location => location.Value).OrderBy(location => location.Order)]);
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
