using System.Globalization;
using AmfmSite;
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
    app.Lifetime.ApplicationStarted.Register(() => StartNotice.Print(app));
    await app.RunAsync();
    return 0;
}
catch (CommandUsageException wrong)
{
    await Console.Error.WriteLineAsync(wrong.Message);
    return 2;
}
catch (Exception fault) when (fault is SettingsException or OptionsValidationException or AmfmSite.Features.Content.ContentFaultException)
{
    // A sentence that says what to mend, without a stack trace over it.
    await Console.Error.WriteLineAsync(fault.Message);
    return 1;
}

/// <summary>The entry point; public so that tests can host the real site.</summary>
public partial class Program;
