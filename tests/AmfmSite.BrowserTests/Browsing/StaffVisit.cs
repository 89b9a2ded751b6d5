using System.Text.RegularExpressions;
using AmfmSite.Features.Staff;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace AmfmSite.BrowserTests.Browsing;

/// <summary>A visit of somebody of the staff, who comes in by the sign-in page.</summary>
public static class StaffVisit
{
    private const string Password = "four slow herons wade";

    /// <summary>Makes the account in the site's database and signs in with it.</summary>
    public static async Task<Visit> EnterAsync(this BrowserSite site, string email, string role = StaffRoles.Intake, BrowserNewContextOptions? options = null)
    {
        _ = site.Host.Address;
        await using (var scope = site.Host.Services.CreateAsyncScope())
        {
            var users = scope.ServiceProvider.GetRequiredService<UserManager<StaffMember>>();
            var user = new StaffMember { Id = Guid.NewGuid(), UserName = email, Email = email };
            Assert.True((await users.CreateAsync(user, Password)).Succeeded);
            Assert.True((await users.AddToRoleAsync(user, role)).Succeeded);
        }

        var visit = await site.VisitAsync(options);
        await visit.OpenAsync("/staff/sign-in");
        await visit.Page.Locator("[name=Email]").FillAsync(email);
        await visit.Page.Locator("[name=Password]").FillAsync(Password);
        await visit.Page.Locator("main button").ClickAsync();
        await visit.Page.ArriveAsync(new Regex("^(?!.*/staff/sign-in)"));
        return visit;
    }
}
