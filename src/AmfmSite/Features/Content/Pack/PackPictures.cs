using AmfmSite.Features.Content.Pictures;

namespace AmfmSite.Features.Content.Pack;

/// <summary>Uploaded pictures beside the records that name them, in a folder of their own.</summary>
internal static class PackPictures
{
    public const string Folder = "pictures/files";

    public static string PathOf(string name) => $"{Folder}/{name}";

    /// <summary>Names of uploaded pictures in these records. A record that cannot be read names none; the compiler says what is wrong with it.</summary>
    public static IReadOnlySet<string> Named(IEnumerable<SourceFile> records)
    {
        var unread = new List<ContentFault>();
        return records.Where(record => record.Kind == ContentKinds.Picture).Select(record => FrontMatter.Read<Picture>(record, unread)?.File ?? "").Where(PictureFile.IsName).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Those that lie in the directory. What was not cleaned by this site is no picture of it, whoever put it there.</summary>
    /// <exception cref="ContentFaultException">A file is none that this site would have stored under this name.</exception>
    public static IReadOnlyDictionary<string, CleanPicture> Read(string directory, IEnumerable<SourceFile> records)
    {
        var (pictures, faults) = (new Dictionary<string, CleanPicture>(StringComparer.Ordinal), new List<ContentFault>());
        foreach (var name in Named(records).Order(StringComparer.Ordinal))
        {
            var file = new FileInfo(Path.Combine(directory, Folder, name));
            if (!file.Exists) continue;
            if (Clean(file) is { } picture && picture.Name == name) pictures[name] = picture;
            else faults.Add(new(PathOf(name), 0, "is not as this site stores pictures: it was changed, renamed or made elsewhere. Upload it at the editing desk instead.", ContentRules.PictureFile));
        }

        return faults.Count == 0 ? pictures : throw new ContentFaultException(faults);
    }

    /// <returns>Null when it is refused, or is not what would be left of it.</returns>
    private static CleanPicture? Clean(FileInfo file)
    {
        if (file.Length > PictureFile.MostBytes) return null;
        try
        {
            var bytes = File.ReadAllBytes(file.FullName);
            return PictureCleaner.Clean(bytes) is { } picture && picture.Bytes.AsSpan().SequenceEqual(bytes) ? picture : null;
        }
        catch (PictureRefusedException)
        {
            return null;
        }
    }
}
