using AmfmSite.IntegrationTests.Hosting;

namespace AmfmSite.IntegrationTests.Web;

/// <summary>Starting outside Development: nothing unsafe by default, and each missing setting is named with its remedy.</summary>
public sealed class StartTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("amfmsite-start-").FullName;

    private Dictionary<string, string> Complete() => new(ProductionSettings.In(_directory))
    {
        ["Mail__Transport"] = "Smtp",
        ["Mail__Host"] = "127.0.0.1",
    };

    [Fact]
    public async Task Start_DirectoriesThatItMakes_AreForItsUserAlone()
    {
        if (OperatingSystem.IsWindows()) return;
        var settings = Complete();
        await SiteProcess.RunAsync(settings, "outbox", "list");
        foreach (var made in new[] { settings["Data__Directory"], settings["Keys__Directory"], Path.Combine(settings["Keys__Directory"], "requests"), Path.Combine(settings["Keys__Directory"], "sign-in") })
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(made));
    }

    [Theory]
    [InlineData("Data__Directory", "", "Data:Directory is empty")]
    [InlineData("Keys__Directory", "", "Keys:Directory is empty")]
    [InlineData("Keys__Certificate", "", "Keys:Certificate is empty")]
    [InlineData("Keys__CertificatePassword", "wrong", "Keys:Certificate cannot be read")]
    [InlineData("Keys__FormerCertificates__1__File", "nowhere.pfx", "Keys:FormerCertificates:1:File cannot be read")]
    [InlineData("Keys__FormerCertificates__1__Password", "secret", "Keys:FormerCertificates:1:File is empty")]
    [InlineData("Keys__FormerCertificates__0", "former.pfx", "Keys:FormerCertificates:0:File is empty")]
    [InlineData("Keys__FormerCertificates", "former.pfx", "Keys:FormerCertificates is a list")]
    [InlineData("Site__BaseUrl", "", "Site:BaseUrl is empty")]
    [InlineData("Mail__Transport", "", "Mail:Transport is not set")]
    [InlineData("Mail__Host", "", "Mail:Host is empty")]
    [InlineData("Mail__Security", "Tls", "FullNuGetFeed=true")]
    [InlineData("Retention__ClosedDays", "0", "Retention:ClosedDays")]
    [InlineData("Intake__ReminderMinutes", "-1", "Intake:ReminderMinutes")]
    [InlineData("Database__Provider", "SqlServer", "ConnectionStrings:Site is empty")]
    [InlineData("Database__Provider", "Postgres", "Database:Provider")]
    [InlineData("Site__TrustedProxies__0", "somewhere", "Site:TrustedProxies")]
    public async Task Start_SettingMissingOrWrong_StopsWithASentenceThatNamesIt(string setting, string value, string sentence)
    {
        var settings = Complete();
        if (value.Length == 0) settings.Remove(setting);
        else settings[setting] = value;
        var (exit, _, talk) = await SiteProcess.RunAsync(settings);
        Assert.Equal(1, exit);
        Assert.Contains(sentence, talk, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", talk, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_KeysBelowData_IsRefused()
    {
        var settings = Complete();
        settings["Keys__Directory"] = Path.Combine(settings["Data__Directory"], "keys");
        var (exit, _, talk) = await SiteProcess.RunAsync(settings);
        Assert.Equal(1, exit);
        Assert.Contains("lies below Data:Directory", talk, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_Unknown_Exits2AndListsTheCommands()
    {
        var (exit, output, talk) = await SiteProcess.RunAsync(Complete(), "make", "coffee");
        Assert.Equal(2, exit);
        Assert.Empty(output);
        Assert.Contains("staff invite", talk, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StaffInvite_NewAddress_PrintsOneLinkOnStandardOutput()
    {
        var settings = Complete();
        var (exit, output, talk) = await SiteProcess.RunAsync(settings, "staff", "invite", "--email", "wren@example.org", "--role", "intake");
        Assert.True(exit == 0, talk);
        Assert.Matches(@"^https://www\.example\.org/staff/invitation\?who=[0-9a-f-]{36}&token=\S+$", output.Trim());
        var (wrong, _, reason) = await SiteProcess.RunAsync(settings, "staff", "invite", "--email", "wren@example.org", "--role", "king");
        Assert.Equal(2, wrong);
        Assert.Contains("--role is one of", reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ContentExport_AfterImport_IsByteEqual()
    {
        var settings = Complete();
        var (imported, _, talk) = await SiteProcess.RunAsync(settings, "content", "import");
        Assert.True(imported == 0, talk);
        var copy = Path.Combine(_directory, "export");
        var (exit, _, _) = await SiteProcess.RunAsync(settings, "content", "export", "--to", copy);
        Assert.Equal(0, exit);

        var pack = Path.Combine(SiteProcess.RepositoryDirectory(), "src", "AmfmSite", "Content");
        var files = Directory.EnumerateFiles(pack, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(pack, file)).Order().ToList();
        Assert.Equal(files, Directory.EnumerateFiles(copy, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(copy, file)).Order());
        foreach (var file in files)
            Assert.True(File.ReadAllBytes(Path.Combine(pack, file)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(copy, file))), file);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
