using System.Net;
using AmfmSite.Features.Staff;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace AmfmSite.IntegrationTests.Hosting;

/// <summary>A member of staff at the desk, who posts as a browser does: with the hidden fields of the page the form stands on.</summary>
public static class StaffDesk
{
    public const string Password = "seven quiet herons";

    /// <summary>Makes the account in the site's database, sets its password by the link and signs in.</summary>
    public static async Task<HttpClient> SignInAsync(this SiteHost site, string email, string role = StaffRoles.Intake)
    {
        var client = site.NewStaffClient();
        await using (var scope = site.Services.CreateAsyncScope())
        {
            var users = scope.ServiceProvider.GetRequiredService<UserManager<StaffMember>>();
            var user = new StaffMember { Id = Guid.NewGuid(), UserName = email, Email = email };
            Assert.True((await users.CreateAsync(user)).Succeeded);
            Assert.True((await users.AddToRoleAsync(user, role)).Succeeded);
            await client.EnterAsync($"/staff/invitation?who={user.Id}&token={Uri.EscapeDataString(await users.GeneratePasswordResetTokenAsync(user))}", email);
        }

        return client;
    }

    /// <summary>Sets the password by the link of an invitation and signs in with it; where the site asks for an authenticator app, sets one up.</summary>
    public static async Task EnterAsync(this HttpClient client, string link, string email)
    {
        using (var set = await client.PostFromAsync(link, "/staff/invitation", ("Password", Password), ("PasswordAgain", Password))) Assert.Equal(HttpStatusCode.Redirect, set.StatusCode);
        using var signedIn = await client.PostFromAsync("/staff/sign-in", "/staff/sign-in", ("Email", email), ("Password", Password));
        Assert.Equal(HttpStatusCode.Redirect, signedIn.StatusCode);
        using var first = await client.GetAsync("/staff/account");
        if (first.Headers.Location?.ToString() == "/staff/account/authenticator") await AuthenticatorApp.SetUpAsync(client);
    }

    public static async Task<HttpResponseMessage> PostFromAsync(this HttpClient client, string page, string action, params (string Name, string Value)[] answers)
    {
        var document = await client.GetPageAsync(page);
        var form = document.QuerySelector($"form[action='{action}'], form[action='{page}']") ?? document.QuerySelector("form[method=post]")!;
        var fields = form.QuerySelectorAll("input[type=hidden]").ToDictionary(field => field.GetAttribute("name")!, field => field.GetAttribute("value") ?? "");
        foreach (var (name, value) in answers) fields[name] = value;
        return await client.PostAsync(action, new FormUrlEncodedContent(fields));
    }
}
