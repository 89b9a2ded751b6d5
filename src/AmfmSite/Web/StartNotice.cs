using AmfmSite.Mail;
using AmfmSite.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AmfmSite.Web;

/// <summary>Says, once the site listens, where everything is and what to do next.</summary>
internal static class StartNotice
{
    public static void Print(WebApplication app)
    {
        var address = app.Services.GetRequiredService<SiteAddress>();
        var directories = app.Services.GetRequiredService<Directories>();
        var mail = app.Services.GetRequiredService<IOptions<MailOptions>>().Value;
        var log = app.Logger;
        log.LogInformation("The site is at  {Address}", address.BaseUrl);
        log.LogInformation("Data is in      {Directory}", directories.Data);
        log.LogInformation("Keys are in     {Directory}", directories.Keys);
        if (mail.Transport == MailTransportKind.Pickup)
        {
            log.LogInformation("Mails are in    {Directory}{Page}", directories.Mails, app.Environment.IsDevelopment() ? $" and on {address.BaseUrl}/dev/mails" : "");
            if (!app.Environment.IsDevelopment()) log.LogWarning("Mail:Transport is Pickup: mails are written to files and reach nobody by themselves");
        }
        else
        {
            log.LogInformation("Mails go to     {Host}:{Port}", mail.Host, mail.Port);
        }

        using var scope = app.Services.CreateScope();
        if (!scope.ServiceProvider.GetRequiredService<AmfmDbContext>().Users.Any())
            log.LogInformation("Nobody can sign in yet. First account: {Program} staff invite --email you@example.org --role intake", app.Environment.IsDevelopment() ? "dotnet run --project src/AmfmSite --" : "dotnet AmfmSite.dll");
    }
}
