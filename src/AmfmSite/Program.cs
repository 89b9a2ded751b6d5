using System.Globalization;
using AmfmSite;
using AmfmSite.Features.Content;
using AmfmSite.Web;
using Microsoft.Extensions.Options;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.GetCultureInfo("en-US");
CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en-US");

try
{
    var command = CommandLine.Parse(args);
    var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = command is null ? args : [], ContentRootPath = ContentRoot.Find() });
    builder.AddSite(forCommand: command is not null);
    await using var app = builder.Build();
    if (command is not null) return await Commands.RunAsync(app.Services, command);

    app.UseSite();
    await app.PrepareAsync();
    var lifetime = app.Lifetime;
    lifetime.ApplicationStarted.Register(() => StartNotice.Print(app));
    try
    {
        await app.RunAsync();
    }
    catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
    {
        // Asked to end before it listened, as when a service manager changes its mind.
    }

    return 0;
}
catch (CommandUsageException wrong)
{
    await Console.Error.WriteLineAsync(wrong.Message);
    return 2;
}
catch (Exception fault) when (fault is SettingsException or OptionsValidationException or ContentFaultException || IsUnreadableSetting(fault))
{
    // A sentence that says what to mend, without a stack trace over it.
    await Console.Error.WriteLineAsync(fault.Message);
    return 1;
}

// The configuration binder has no exception of its own for a value that is not of the setting's type.
static bool IsUnreadableSetting(Exception fault) =>
    fault is InvalidOperationException && fault.Message.StartsWith("Failed to convert configuration value", StringComparison.Ordinal);

/// <summary>The entry point; public so that tests can host the real site.</summary>
public partial class Program;
