using System.Net;
using System.Net.Mail;
using System.Text;
using Microsoft.Extensions.Options;

namespace AmfmSite.Mail;

/// <summary>Stops the start when mail could not leave, or would leave unprotected. Each sentence says how to mend it; none repeats a value.</summary>
public sealed class MailOptionsValidator(IHostEnvironment environment) : IValidateOptions<MailOptions>
{
    public ValidateOptionsResult Validate(string? name, MailOptions options)
    {
        var faults = Faults(options).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    IEnumerable<string> Faults(MailOptions options) => options.Transport switch
    {
        MailTransportKind.Smtp => AddressFaults(options).Concat(SmtpFaults(options)),
        MailTransportKind.Pickup => AddressFaults(options).Concat(PickupFaults(options)),
        null when environment.IsDevelopment() => [],
        null => ["Mail:Transport is not set. Say how mail leaves the site: Mail__Transport=Smtp, or by name Mail__Transport=Pickup, which only writes files."],
        _ => ["Mail:Transport is neither Smtp nor Pickup. Set Mail__Transport=Smtp."],
    };

    static IEnumerable<string> AddressFaults(MailOptions options)
    {
        if (AddressFault("From", options.From, "site@example.org") is { } from)
            yield return from;
        if (AddressFault("AdmissionsTo", options.AdmissionsTo, "admissions@example.org") is { } admissions)
            yield return admissions;
        if (options.EscalationTo.Length > 0 && AddressFault("EscalationTo", options.EscalationTo, "lead@example.org") is { } escalation)
            yield return escalation;
    }

    static string? AddressFault(string setting, string value, string example)
    {
        if (value.Length == 0)
            return $"Mail:{setting} is empty. Give an address, for example Mail__{setting}={example}.";
        return IsOneAddress(value) ? null : $"Mail:{setting} is not one mail address in ASCII. Write it like Mail__{setting}={example}.";
    }

    /// <summary>One address in ASCII, with a display name or without.</summary>
    internal static bool IsOneAddress(string value) =>
        !value.Any(char.IsControl)
        && MailAddress.TryCreate(value, out var address)
        // The framework takes "a@example.org, b@example.org" for the second address, named like the first.
        && (value == address.Address || (value.EndsWith($"<{address.Address}>", StringComparison.Ordinal) && !address.DisplayName.Contains('@', StringComparison.Ordinal)))
        // Beyond ASCII an address needs a server that knows SMTPUTF8, which nobody can promise.
        && Ascii.IsValid(address.Address);

    static IEnumerable<string> PickupFaults(MailOptions options)
    {
        if (options.PickupDirectory.Length == 0)
            yield return "Mail:PickupDirectory is empty. The site puts it below Data:Directory: set Data__Directory.";
    }

    static IEnumerable<string> SmtpFaults(MailOptions options)
    {
        if (Uri.CheckHostName(options.Host) is UriHostNameType.Unknown)
            yield return options.Host.Length == 0
                ? "Mail:Host is empty. Name the mail server, for example Mail__Host=smtp.example.org."
                : "Mail:Host is not a host name. Give the name alone, without scheme and port, for example Mail__Host=smtp.example.org.";
        if (options.Port is < 1 or > 65535)
            yield return "Mail:Port is not between 1 and 65535. As a rule it is Mail__Port=587.";
        if (options.TimeoutSeconds is < 1 or > 100)
            yield return "Mail:TimeoutSeconds is not between 1 and 100. Leave it out for 30 seconds.";
        if (!Enum.IsDefined(options.Security))
            yield return "Mail:Security is none of None, StartTls and Tls. As a rule it is Mail__Security=StartTls.";
        if (!options.OAuth.IsSet && options.UserName.Length == 0 != (options.Password.Length == 0))
            yield return "Mail:UserName and Mail:Password go together. Set both, or neither for a server that asks for no login.";
        if (options.Security == MailSecurity.None && options.Password.Length > 0 && !options.OAuth.IsSet && !IsLoopback(options.Host))
            yield return "Mail:Password would be sent in clear. Set Mail__Security=StartTls; None with a password is for a server on this machine only.";
        if (options.Security == MailSecurity.None && options.IncludeContactDetails)
            yield return "Mail:IncludeContactDetails would send names and numbers in clear. Set Mail__Security=StartTls, or Mail__IncludeContactDetails=false.";
#if !WITH_MAILKIT
        if (options.Security == MailSecurity.Tls)
            yield return "Mail:Security=Tls needs a build with MailKit: publish with -p:FullNuGetFeed=true, or set Mail__Security=StartTls and Mail__Port=587.";
#endif
        foreach (var fault in options.OAuth.IsSet ? OAuthFaults(options) : [])
            yield return fault;
    }

    static IEnumerable<string> OAuthFaults(MailOptions options)
    {
        if (options.OAuth.TokenEndpoint.Length == 0 || options.OAuth.ClientId.Length == 0 || options.OAuth.ClientSecret.Length == 0)
            yield return "Mail:OAuth is set in part. Set Mail__OAuth__TokenEndpoint, Mail__OAuth__ClientId and Mail__OAuth__ClientSecret, or nothing under Mail__OAuth.";
        if (options.OAuth.TokenEndpoint.Length > 0 && !IsSafeAddress(options.OAuth.TokenEndpoint))
            yield return "Mail:OAuth:TokenEndpoint is not an https address. Write it like Mail__OAuth__TokenEndpoint=https://login.example.org/token; http is for a server on this machine only.";
        if (options.UserName.Length == 0 || options.UserName.Any(char.IsControl))
            yield return "Mail:UserName names no mailbox, and with Mail:OAuth it must. Write it like Mail__UserName=site@example.org.";
        if (options.Password.Length > 0)
            yield return "Mail:Password and Mail:OAuth are two ways to log in. Leave one of them out.";
        if (options.Security == MailSecurity.None && !IsLoopback(options.Host))
            yield return "Mail:OAuth would send its token in clear. Set Mail__Security=StartTls; None with a login is for a server on this machine only.";
#if !WITH_MAILKIT
        yield return "Mail:OAuth needs a build with MailKit: publish with -p:FullNuGetFeed=true, or log in with Mail__UserName and Mail__Password.";
#endif
    }

    static bool IsSafeAddress(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));

    static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
