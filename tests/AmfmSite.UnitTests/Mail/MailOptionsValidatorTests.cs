using AmfmSite.Mail;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;

namespace AmfmSite.UnitTests.Mail;

public class MailOptionsValidatorTests
{
    public static TheoryData<string, Action<MailOptions>> Faults => new()
    {
        { "Mail:Transport is not set", o => o.Transport = null },
        { "Mail:Transport is neither", o => o.Transport = (MailTransportKind)7 },
        { "Mail:Host is empty. Name the mail server, for example Mail__Host=smtp.example.org.", o => o.Host = "" },
        { "Mail:Host is not a host name", o => o.Host = "smtp://smtp.example.org:587" },
        { "Mail:Host is not a host name", o => o.Host = "smtp.example.org\r\n" },
        { "Mail:Port", o => o.Port = 0 },
        { "Mail:Port", o => o.Port = 65536 },
        { "Mail:TimeoutSeconds", o => o.TimeoutSeconds = 0 },
        { "Mail:TimeoutSeconds", o => o.TimeoutSeconds = 101 },
        { "Mail:Security is none of", o => o.Security = (MailSecurity)7 },
        { "Mail:From is empty", o => o.From = "" },
        { "Mail:From is not one mail address", o => o.From = "nobody" },
        { "Mail:From is not one mail address", o => o.From = "site@example.org\r\nBcc: x@example.org" },
        { "Mail:From is not one mail address", o => o.From = "größe@example.org" },
        { "Mail:AdmissionsTo is empty", o => o.AdmissionsTo = "" },
        { "Mail:AdmissionsTo is not one mail address", o => o.AdmissionsTo = "a@example.org, b@example.org" },
        { "Mail:AdmissionsTo is not one mail address", o => o.AdmissionsTo = "a@example.org, <b@example.org>" },
        { "Mail:EscalationTo is not one mail address", o => o.EscalationTo = "lead" },
        { "Mail:UserName and Mail:Password go together", o => o.Password = "" },
        { "Mail:UserName and Mail:Password go together", o => o.UserName = "" },
        { "Mail:Password would be sent in clear", o => o.Security = MailSecurity.None },
        { "Mail:IncludeContactDetails would send names and numbers in clear", o => { o.Host = "127.0.0.1"; o.Security = MailSecurity.None; o.IncludeContactDetails = true; } },
        { "Mail:PickupDirectory is empty", o => o.Transport = MailTransportKind.Pickup },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Validate_OneFault_SaysHowToMendItAndNothingElse(string begins, Action<MailOptions> spoil)
    {
        var options = Good();
        spoil(options);

        var result = Validator("Production").Validate(null, options);

        Assert.StartsWith(begins, Assert.Single(result.Failures!), StringComparison.Ordinal);
    }

    public static TheoryData<Action<MailOptions>> Allowed => new()
    {
        _ => { },
        o => o.UserName = o.Password = "",
        o => o.From = "AMFM Example <site@example.org>",
        o => o.EscalationTo = "lead@example.org",
        o => o.IncludeContactDetails = true,
        o => { o.Security = MailSecurity.None; o.UserName = o.Password = ""; },
        o => { o.Security = MailSecurity.None; o.Host = "localhost"; },
        o => { o.Security = MailSecurity.None; o.Host = "::1"; },
        o => { o.Transport = MailTransportKind.Pickup; o.PickupDirectory = "mails"; o.Host = ""; },
    };

    [Theory]
    [MemberData(nameof(Allowed))]
    public void Validate_SoundSettings_Succeeds(Action<MailOptions> change)
    {
        var options = Good();
        change(options);

        var result = Validator("Production").Validate(null, options);

        Assert.True(result.Succeeded, result.FailureMessage);
    }

    public static TheoryData<string, Action<MailOptions>> OAuthFaults => new()
    {
        { "Mail:OAuth is set in part", o => o.OAuth.TokenEndpoint = "" },
        { "Mail:OAuth is set in part", o => o.OAuth.ClientId = "" },
        { "Mail:OAuth is set in part", o => o.OAuth.ClientSecret = "" },
        { "Mail:OAuth is set in part", o => o.OAuth = new() { Scope = "mail" } },
        { "Mail:OAuth:TokenEndpoint is not an https address", o => o.OAuth.TokenEndpoint = "http://login.example.org/token" },
        { "Mail:OAuth:TokenEndpoint is not an https address", o => o.OAuth.TokenEndpoint = "login.example.org" },
        { "Mail:OAuth:TokenEndpoint is not an https address", o => o.OAuth.TokenEndpoint = "file:///token" },
        { "Mail:UserName names no mailbox", o => o.UserName = "" },
        { "Mail:UserName names no mailbox", o => o.UserName = "site@example.org\u0001" },
        { "Mail:Password and Mail:OAuth are two ways to log in", o => o.Password = "secret" },
        { "Mail:OAuth would send its token in clear", o => o.Security = MailSecurity.None },
    };

    [Theory]
    [MemberData(nameof(OAuthFaults))]
    public void Validate_OneFaultOfOAuth_SaysHowToMendItAndNothingElse(string begins, Action<MailOptions> spoil)
    {
        var options = WithOAuth();
        spoil(options);

        var result = Validator("Production").Validate(null, options);

        Assert.StartsWith(begins, Assert.Single(result.Failures!, failure => !NamesTheSwitch(failure)), StringComparison.Ordinal);
    }

    public static TheoryData<Action<MailOptions>> OAuthAllowed => new()
    {
        _ => { },
        o => o.OAuth.Scope = "",
        o => o.OAuth.TokenEndpoint = "http://127.0.0.1:5000/token",
        o => { o.Host = "localhost"; o.Security = MailSecurity.None; },
    };

    [Theory]
    [MemberData(nameof(OAuthAllowed))]
    public void Validate_OAuth_NamesTheSwitchUnlessBuiltWithIt(Action<MailOptions> change)
    {
        var options = WithOAuth();
        change(options);

        var result = Validator("Production").Validate(null, options);

#if WITH_MAILKIT
        Assert.True(result.Succeeded, result.FailureMessage);
#else
        Assert.True(NamesTheSwitch(Assert.Single(result.Failures!)));
#endif
    }

    [Fact]
    public void Validate_ImplicitTls_NamesTheSwitchUnlessBuiltWithIt()
    {
        var options = Good();
        options.Security = MailSecurity.Tls;

        var result = Validator("Production").Validate(null, options);

#if WITH_MAILKIT
        Assert.True(result.Succeeded);
#else
        Assert.Contains("-p:FullNuGetFeed=true", Assert.Single(result.Failures!), StringComparison.Ordinal);
#endif
    }

    [Fact]
    public void Validate_SeveralFaults_NamesEachWithoutItsValue()
    {
        var options = Good();
        options.From = "secret-name";
        options.Host = "secret host";

        var result = Validator("Production").Validate(null, options);

        Assert.Equal(2, result.Failures!.Count());
        Assert.DoesNotContain("secret", result.FailureMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void FillUnset_Development_NeedsNothingSet()
    {
        var options = new MailOptions { PickupDirectory = "mails" };

        options.FillUnset(isDevelopment: true);

        Assert.True(Validator("Development").Validate(null, options).Succeeded);
        Assert.Equal(MailTransportKind.Pickup, options.Transport);
        Assert.Equal("site@example.org", options.From);
        Assert.Equal("admissions@example.org", options.AdmissionsTo);
        Assert.Equal("admissions@example.org", options.EscalationTo);
    }

    [Fact]
    public void FillUnset_Development_KeepsWhatIsSet()
    {
        var options = new MailOptions { Transport = MailTransportKind.Smtp, From = "a@example.org", AdmissionsTo = "b@example.org", EscalationTo = "c@example.org" };

        options.FillUnset(isDevelopment: true);

        Assert.Equal((MailTransportKind.Smtp, "a@example.org", "b@example.org", "c@example.org"), (options.Transport, options.From, options.AdmissionsTo, options.EscalationTo));
    }

    [Fact]
    public void FillUnset_Elsewhere_GuessesNothingButTheEscalation()
    {
        var options = new MailOptions { AdmissionsTo = "b@example.org" };

        options.FillUnset(isDevelopment: false);

        Assert.Null(options.Transport);
        Assert.Equal("", options.From);
        Assert.Equal("b@example.org", options.EscalationTo);
    }

    static MailOptions Good() => new()
    {
        Transport = MailTransportKind.Smtp,
        Host = "smtp.example.org",
        UserName = "site",
        Password = "secret",
        From = "site@example.org",
        AdmissionsTo = "admissions@example.org",
    };

    static MailOptions WithOAuth()
    {
        var options = Good();
        (options.UserName, options.Password) = ("site@example.org", "");
        options.OAuth = new() { TokenEndpoint = "https://login.example.org/token", ClientId = "site", ClientSecret = "secret", Scope = "mail" };
        return options;
    }

    static bool NamesTheSwitch(string failure) => failure.StartsWith("Mail:OAuth needs a build with MailKit: publish with -p:FullNuGetFeed=true", StringComparison.Ordinal);

    static MailOptionsValidator Validator(string environment) => new(new NamedEnvironment(environment));

    sealed class NamedEnvironment(string name) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = name;
        public string ApplicationName { get; set; } = "";
        public string ContentRootPath { get; set; } = "";
        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
