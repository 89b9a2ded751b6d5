using AmfmSite.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace AmfmSite.Features.Staff;

/// <summary>The mails that the pickup transport wrote. The page exists in Development only.</summary>
[AllowAnonymous]
[NoStore]
public sealed class MailsController(Directories directories, IHostEnvironment environment) : Controller
{
    private const int Newest = 50;

    [HttpGet("/dev/mails")]
    public IActionResult Show()
    {
        if (!environment.IsDevelopment()) return NotFound();
        var files = Directory.Exists(directories.Mails) ? Directory.EnumerateFiles(directories.Mails, "*.eml") : [];
        return View("Mails", files.OrderDescending(StringComparer.Ordinal).Take(Newest)
            .Select(file => new PickedUpMail(Path.GetFileName(file), System.IO.File.ReadAllText(file))).ToList());
    }
}
