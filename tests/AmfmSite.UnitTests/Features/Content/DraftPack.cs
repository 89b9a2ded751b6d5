using AmfmSite.Features.Content;
using AmfmSite.Features.Content.Pack;
using AmfmSite.UnitTests.Architecture;

namespace AmfmSite.UnitTests.Features.Content;

/// <summary>A small good pack of one page, and drafts of it.</summary>
internal static class DraftPack
{
    private static readonly (string Key, string Value)[] Head =
    [
        ("kind", " article"), ("slug", " /a"), ("title", " A page"), ("description", " About it."), ("lead", " A lead."),
        ("claims", "\n  R08:\n    {claim: It helps., note: It helped., grade: supports, basis: abstract, checkedBy: editorial, checkedOn: 2026-11-22}"),
    ];

    private const string Body = "A sentence.[@R08]\n\n## What it is {#what}\n\nText.\n\n";

    /// <param name="draft">As drafts/refused.txt says.</param>
    private static ContentSnapshot Compile(string draft) => ContentCompiler.Compile(Files(draft), new PublicPromises(90, false), version: 1);

    public static IReadOnlyList<ContentFault> Faults(string draft) => Try(draft).Faults;

    public static (ContentSnapshot? Snapshot, IReadOnlyList<ContentFault> Faults) Try(string draft)
    {
        try
        {
            return (Compile(draft), []);
        }
        catch (ContentFaultException fault)
        {
            return (null, fault.Faults);
        }
    }

    /// <returns>Drafts with what stands behind their ===.</returns>
    public static IEnumerable<(string Title, string Draft)> Read(string file) => System.IO.File.ReadAllText(Path.Combine(Repository.Root, "tests", "AmfmSite.UnitTests", "Features", "Content", "Drafts", file)).ReplaceLineEndings("\n")
        .Split("\n=== ").Skip(1).Select(part => part.Split('\n', 2)).Select(part => (part[0], part[1]));

    private static List<SourceFile> Files(string draft)
    {
        var parts = draft.Split("file> ");
        var lines = parts[0].Split('\n');
        var added = lines.Where(line => line.StartsWith("head> ", StringComparison.Ordinal)).Select(line => line["head> ".Length..]).ToList();
        var head = string.Concat(Head.Where(line => !added.Exists(add => add.StartsWith(line.Key + ":", StringComparison.Ordinal))).Select(line => $"{line.Key}:{line.Value}\n"));
        var text = string.Join('\n', lines.Where(line => line != "alone>" && !line.StartsWith("head> ", StringComparison.Ordinal)));
        var files = new List<SourceFile>
        {
            File("provider.yaml", "brand: B\nshort: S\nphone: \"+12125550100\"\nphoneDisplay: 212-555-0100\naudience: adults\ninsurance:\n  statement: We check.\n  asOf: 2026-11-22\n"),
            File("references.json", """{"id":"R08","type":"article-journal","title":"A study"}"""),
            File("pages/a.md", $"---\n{head}{string.Join('\n', added)}\n---\n{(lines.Contains("alone>") ? "" : Body)}{text}"),
        };
        files.AddRange(parts.Skip(1).Select(part => part.Split('\n', 2)).Select(part => File(part[0].Trim(), part[1].TrimEnd() + "\n")));
        if (!files.Exists(file => file.Kind == ContentKinds.Desk)) files.Add(File("settings.yaml", "timeZone: America/Chicago\n"));
        return files;
    }

    private static SourceFile File(string path, string text)
    {
        var kind = path.Split('/')[0] switch
        {
            "pages" => ContentKinds.Page,
            "faqs" => ContentKinds.Faq,
            "levels" => ContentKinds.Level,
            "locations" => ContentKinds.Location,
            "glossary" => ContentKinds.Term,
            "crisis" => ContentKinds.Crisis,
            "pictures" => ContentKinds.Picture,
            "references.json" => ContentKinds.Reference,
            "provider.yaml" => ContentKinds.Provider,
            "settings.yaml" => ContentKinds.Desk,
            "synonyms.yaml" => ContentKinds.Synonyms,
            "redirects.yaml" => ContentKinds.Redirects,
            _ => throw new ArgumentException($"A draft of {path} is not known.", nameof(path)),
        };
        var key = kind == ContentKinds.Reference ? System.Text.Json.JsonDocument.Parse(text).RootElement.GetProperty("id").GetString()! : Path.GetFileNameWithoutExtension(path);
        return new(kind, key, path, text);
    }
}
