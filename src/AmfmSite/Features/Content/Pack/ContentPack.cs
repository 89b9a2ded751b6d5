using System.Text;
using System.Text.Json;

namespace AmfmSite.Features.Content.Pack;

/// <summary>The content pack on disk: where each kind lives, and how it is read and written.</summary>
public static class ContentPack
{
    private static readonly (string Kind, string Folder, string Extension)[] Folders =
    [
        (ContentKinds.Page, "pages", ".md"),
        (ContentKinds.Faq, "faqs", ".md"),
        (ContentKinds.Level, "levels", ".yaml"),
        (ContentKinds.Location, "locations", ".yaml"),
        (ContentKinds.Term, "glossary", ".md"),
        (ContentKinds.Treatment, "treatments", ".yaml"),
        (ContentKinds.Crisis, "crisis", ".yaml"),
        (ContentKinds.Picture, "pictures", ".yaml"),
    ];

    private const string ReferencesFile = "references.json", ProviderFile = "provider.yaml", RedirectsFile = "redirects.yaml", DeskFile = "settings.yaml", CrisisWordsFile = "crisis-words.yaml";

    /// <summary>Path within the pack of a record of this kind.</summary>
    public static string PathOf(string kind, string key) => kind switch
    {
        ContentKinds.Reference => ReferencesFile,
        ContentKinds.Provider => ProviderFile,
        ContentKinds.Redirects => RedirectsFile,
        ContentKinds.Desk => DeskFile,
        ContentKinds.CrisisWords => CrisisWordsFile,
        _ => Folders.Single(f => f.Kind == kind) is var folder ? $"{folder.Folder}/{key}{folder.Extension}" : "",
    };

    /// <exception cref="ContentFaultException">A file is missing or cannot be read.</exception>
    public static IReadOnlyList<SourceFile> Read(string directory)
    {
        var provider = Path.Combine(directory, ProviderFile);
        if (!File.Exists(provider))
            throw new ContentFaultException([new(ProviderFile, 0, $"is missing. The content pack is looked for in {directory}.")]);

        var files = new List<SourceFile> { new(ContentKinds.Provider, "provider", ProviderFile, File.ReadAllText(provider)) };
        foreach (var (kind, name) in new[] { (ContentKinds.Redirects, RedirectsFile), (ContentKinds.Desk, DeskFile), (ContentKinds.CrisisWords, CrisisWordsFile) })
            if (Path.Combine(directory, name) is var path && File.Exists(path)) files.Add(new(kind, Path.GetFileNameWithoutExtension(name), name, File.ReadAllText(path)));
        foreach (var (kind, folder, extension) in Folders)
        {
            var path = Path.Combine(directory, folder);
            if (!Directory.Exists(path)) continue;
            files.AddRange(Directory.EnumerateFiles(path, "*" + extension, SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
                .Select(file => (Key: Path.GetFileNameWithoutExtension(file), file))
                .Select(f => new SourceFile(kind, f.Key, PathOf(kind, f.Key), File.ReadAllText(f.file))));
        }

        files.AddRange(ReadReferences(Path.Combine(directory, ReferencesFile)));
        return files;
    }

    /// <summary>Writes records as a pack; reading it again gives the same texts, byte for byte.</summary>
    public static void Write(string directory, IEnumerable<SourceFile> files)
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var all = files.ToList();
        foreach (var file in all.Where(f => f.Kind != ContentKinds.Reference))
        {
            var path = Path.Combine(directory, file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, file.Text, utf8);
        }

        var references = all.Where(f => f.Kind == ContentKinds.Reference).OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => "  " + f.Text);
        Directory.CreateDirectory(directory);
        File.WriteAllText(Path.Combine(directory, ReferencesFile), "[\n" + string.Join(",\n", references) + "\n]\n", utf8);
    }

    private static IEnumerable<SourceFile> ReadReferences(string path)
    {
        if (!File.Exists(path)) return [];
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllText(path));
            return json.RootElement.EnumerateArray()
                .Select(entry => new SourceFile(ContentKinds.Reference, entry.GetProperty("id").GetString() ?? "", ReferencesFile, entry.GetRawText()))
                .ToList();
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            var line = fault is JsonException { LineNumber: { } number } ? (int)number + 1 : 0;
            throw new ContentFaultException([new(ReferencesFile, line, "is not an array of CSL-JSON entries that each have an id. " + fault.Message)]);
        }
    }
}
