using AmfmSite.Features.Staff;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace AmfmSite.IntegrationTests.Hosting;

/// <summary>A member of the desk, signed in through the front door.</summary>
public static class DeskClient
{
    private const string Password = "seven quiet herons";

    public static async Task<HttpClient> SignInAsync(SiteHost site, string email = "desk@example.org")
    {
        _ = site.Address;
        await using (var scope = site.Services.CreateAsyncScope())
        {
            var users = scope.ServiceProvider.GetRequiredService<UserManager<StaffMember>>();
            var user = new StaffMember { Id = Guid.NewGuid(), UserName = email, Email = email };
            Assert.True((await users.CreateAsync(user, Password)).Succeeded);
            Assert.True((await users.AddToRoleAsync(user, StaffRoles.Intake)).Succeeded);
        }

        var client = site.NewStaffClient();
        using var answer = await SubmitAsync(client, "/staff/sign-in", "/staff/sign-in", ("Email", email), ("Password", Password));
        Assert.Equal(System.Net.HttpStatusCode.Redirect, answer.StatusCode);
        return client;
    }

    /// <summary>Posts as a browser does: with the hidden fields of the page the form stands on.</summary>
    public static async Task<HttpResponseMessage> SubmitAsync(HttpClient client, string page, string action, params (string Name, string Value)[] answers)
    {
        var form = (await client.GetPageAsync(page)).QuerySelector("form[method=post]")!;
        var fields = form.QuerySelectorAll("input[type=hidden]").ToDictionary(field => field.GetAttribute("name")!, field => field.GetAttribute("value") ?? "");
        foreach (var (name, value) in answers) fields[name] = value;
        return await client.PostAsync(action, new FormUrlEncodedContent(fields));
    }
}
