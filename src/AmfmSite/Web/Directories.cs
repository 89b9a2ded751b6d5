namespace AmfmSite.Web;

/// <summary>Where files lie. All of them are absolute; they are made when they are missing.</summary>
public sealed record Directories(string Data, string Keys, string Mails, string ContentPack)
{
    public string RequestKeys => Path.Combine(Keys, "requests");
    public string SignInKeys => Path.Combine(Keys, "sign-in");
    public string LookupKey => Path.Combine(Keys, "lookup.key");
    public string AuditKey => Path.Combine(Keys, "audit.key");
    public string Deletions => Path.Combine(Keys, "deletions.log");
    public string AuditHeads => Path.Combine(Keys, "audit-heads.log");

    /// <exception cref="SettingsException">A directory is not named, not allowed, or cannot be made.</exception>
    public static Directories From(IConfiguration configuration, IHostEnvironment environment)
    {
        var data = configuration["Data:Directory"] ?? "";
        var keys = configuration["Keys:Directory"] ?? "";
        if (data.Length == 0)
        {
            if (!environment.IsDevelopment())
                throw new SettingsException("Data:Directory is empty. Name a directory that this process may write and that is backed up, for example Data__Directory=/var/lib/amfmsite.");
            data = Path.Combine(environment.ContentRootPath, "data");
        }

        data = Path.GetFullPath(data);
        if (keys.Length == 0)
        {
            if (!environment.IsDevelopment())
                throw new SettingsException("Keys:Directory is empty. Name a directory for the keys, apart from Data:Directory, for example Keys__Directory=/var/lib/amfmsite-keys.");
            keys = Path.Combine(data, "keys");
        }

        keys = Path.GetFullPath(keys);
        if (!environment.IsDevelopment() && (keys + Path.DirectorySeparatorChar).StartsWith(data + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            throw new SettingsException("Keys:Directory lies below Data:Directory. Whoever takes the data would have the keys: choose a directory elsewhere.");

        var directories = new Directories(data, keys, Path.Combine(data, "mails"), Path.Combine(environment.ContentRootPath, "Content"));
        foreach (var (setting, path) in new[] { ("Data:Directory", data), ("Keys:Directory", keys), ("Keys:Directory", directories.RequestKeys), ("Keys:Directory", directories.SignInKeys) })
            Make(setting, path);
        return directories;
    }

    private static void Make(string setting, string path)
    {
        try
        {
            // For the site's user alone, whatever the umask: SQLite makes its files readable to all. One that is there keeps its rights.
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
            else Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"{setting}: {path} cannot be made ({fault.Message}). Choose a directory that this process may write.");
        }
    }
}
