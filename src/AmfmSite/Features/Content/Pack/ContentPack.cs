using System.Text;
using System.Text.Json;
using AmfmSite.Features.Content.Pictures;

namespace AmfmSite.Features.Content.Pack;

/// <summary>The content pack on disk: where each kind lives, and how it is read and written.</summary>
public static class ContentPack
{
    public const string KeyRule = "It has 1 to 80 letters, digits and hyphens, and is the name of its file.";

    private const string ReferencesFile = "references.json", ProviderFile = "provider.yaml", RedirectsFile = "redirects.yaml", DeskFile = "settings.yaml", CrisisWordsFile = "crisis-words.yaml", SynonymsFile = "synonyms.yaml";

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

    private static readonly (string Kind, string Name)[] Single =
    [
        (ContentKinds.Provider, ProviderFile), (ContentKinds.Redirects, RedirectsFile), (ContentKinds.Desk, DeskFile), (ContentKinds.CrisisWords, CrisisWordsFile), (ContentKinds.Synonyms, SynonymsFile),
    ];

    /// <summary>Strict: a file in another encoding would be stored with signs that nobody wrote.</summary>
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Whether this may name a record. It becomes the name of a file and part of addresses.</summary>
    public static bool IsKey(string key) => key.Length is > 0 and <= ContentItem.KeyLength && key.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');

    /// <summary>Path within the pack of a record of this kind.</summary>
    public static string PathOf(string kind, string key) => kind == ContentKinds.Reference ? ReferencesFile
        : Single.FirstOrDefault(file => file.Kind == kind).Name ?? (Folders.Single(folder => folder.Kind == kind) is var folder ? $"{folder.Folder}/{key}{folder.Extension}" : "");

    public static bool IsPack(string directory) => File.Exists(Path.Combine(directory, ProviderFile));

    /// <exception cref="ContentFaultException">A file is missing, stands twice or cannot be read.</exception>
    public static IReadOnlyList<SourceFile> Read(string directory)
    {
        if (!IsPack(directory)) throw Fault(ProviderFile, $"is missing. The content pack is looked for in {directory}.");

        var files = new List<SourceFile>();
        foreach (var (kind, name) in Single)
            if (Path.Combine(directory, name) is var path && File.Exists(path)) files.Add(new(kind, Path.GetFileNameWithoutExtension(name), name, Text(path, name)));
        foreach (var (kind, _, _) in Folders)
            foreach (var path in FilesOf(directory, kind))
                files.Add(new(kind, Path.GetFileNameWithoutExtension(path), PathOf(kind, Path.GetFileNameWithoutExtension(path)), Text(path, Path.GetRelativePath(directory, path))));
        files.AddRange(ReadReferences(Path.Combine(directory, ReferencesFile)));

        var twice = files.GroupBy(file => (file.Kind, file.Key)).Where(group => group.Count() > 1)
            .Select(group => new ContentFault(group.First().Path, 0, $"There are {group.Count()} records {group.Key.Key} of this kind, in folders below each other or in one file. Give all but one another name.", ContentRules.Pack)).ToList();
        return twice.Count == 0 ? files : throw new ContentFaultException(twice);
    }

    /// <summary>Makes the directory's pack hold these records and no others; reading it again gives the same texts, byte for byte. Files that belong to no pack stay.</summary>
    /// <param name="pictures">Bytes of the uploaded pictures that they name, by name; none without it.</param>
    /// <exception cref="ContentFaultException">A record's name is none for a file.</exception>
    public static PackChanges Write(string directory, IReadOnlyList<SourceFile> records, IReadOnlyDictionary<string, byte[]>? pictures = null)
    {
        var wrong = records.Where(record => !IsKey(record.Key)).Select(record => new ContentFault(record.Path, 0, $"\"{record.Key}\" is no name for a record. {KeyRule}", ContentRules.Pack)).ToList();
        if (wrong.Count > 0) throw new ContentFaultException(wrong);

        var files = records.Where(record => record.Kind != ContentKinds.Reference).ToDictionary(record => record.Path, record => Utf8.GetBytes(record.Text), StringComparer.Ordinal);
        var references = records.Where(record => record.Kind == ContentKinds.Reference).OrderBy(record => record.Key, StringComparer.Ordinal).Select(record => "  " + record.Text).ToList();
        if (references.Count > 0) files[ReferencesFile] = Utf8.GetBytes("[\n" + string.Join(",\n", references) + "\n]\n");
        foreach (var (name, bytes) in pictures ?? new Dictionary<string, byte[]>()) files[PackPictures.PathOf(name)] = bytes;

        var (added, changed, same, removed) = (new List<string>(), new List<string>(), 0, new List<string>());
        foreach (var (name, bytes) in files.OrderBy(file => file.Key, StringComparer.Ordinal))
        {
            var path = Path.Combine(directory, name);
            var old = File.Exists(path) ? File.ReadAllBytes(path) : null;
            if (old is not null && old.AsSpan().SequenceEqual(bytes))
            {
                same++;
                continue;
            }

            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, bytes);
            (old is null ? added : changed).Add(name);
        }

        var known = Folders.SelectMany(folder => FilesOf(directory, folder.Kind)).Concat(Single.Select(file => file.Name).Append(ReferencesFile).Select(name => Path.Combine(directory, name)).Where(File.Exists))
            .Concat(Path.Combine(directory, PackPictures.Folder) is var uploads && Directory.Exists(uploads) ? Directory.EnumerateFiles(uploads).Where(path => PictureFile.IsName(Path.GetFileName(path))) : []);
        foreach (var path in known.ToList())
        {
            var name = Path.GetRelativePath(directory, path).Replace('\\', '/');
            if (files.ContainsKey(name)) continue;
            File.Delete(path);
            removed.Add(name);
        }

        return new(added, changed, removed, same);
    }

    private static IEnumerable<string> FilesOf(string directory, string kind)
    {
        var (_, folder, extension) = Folders.Single(folder => folder.Kind == kind);
        var path = Path.Combine(directory, folder);
        return Directory.Exists(path) ? Directory.EnumerateFiles(path, "*" + extension, SearchOption.AllDirectories).Order(StringComparer.Ordinal) : [];
    }

    private static List<SourceFile> ReadReferences(string path)
    {
        if (!File.Exists(path)) return [];
        try
        {
            using var json = JsonDocument.Parse(Text(path, ReferencesFile));
            return [.. json.RootElement.EnumerateArray()
                .Select(entry => new SourceFile(ContentKinds.Reference, entry.GetProperty("id").GetString() ?? "", ReferencesFile, entry.GetRawText()))];
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            var line = fault is JsonException { LineNumber: { } number } ? (int)number + 1 : 0;
            throw new ContentFaultException([new(ReferencesFile, line, "is not an array of CSL-JSON entries that each have an id. " + fault.Message, ContentRules.Reference)]);
        }
    }

    private static string Text(string path, string name)
    {
        try
        {
            using var reader = new StreamReader(path, Utf8);
            return reader.ReadToEnd();
        }
        catch (DecoderFallbackException)
        {
            throw Fault(name, "is not written in UTF-8. Save it in that encoding.");
        }
    }

    private static ContentFaultException Fault(string file, string message) => new([new(file, 0, message, ContentRules.Pack)]);
}
