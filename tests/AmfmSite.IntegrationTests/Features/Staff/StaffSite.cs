using AmfmSite.Features.Staff;
using AmfmSite.IntegrationTests.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AmfmSite.IntegrationTests.Features.Staff;

/// <summary>What the tests of accounts do again and again.</summary>
internal static class StaffSite
{
    /// <summary>An account without a way in, and the path of its invitation.</summary>
    public static async Task<string> InviteAsync(this SiteHost site, string email, params string[] roles)
    {
        _ = site.Address;
        await using var scope = site.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<StaffMember>>();
        var user = new StaffMember { Id = Guid.NewGuid(), UserName = email, Email = email };
        Assert.True((await users.CreateAsync(user)).Succeeded);
        foreach (var role in roles) Assert.True((await users.AddToRoleAsync(user, role)).Succeeded);
        return $"/staff/invitation?who={user.Id}&token={Uri.EscapeDataString(await users.GeneratePasswordResetTokenAsync(user))}";
    }

    public static Task<StaffMember> AccountAsync(this SiteHost site, string email) => site.InDatabaseAsync(db => db.Users.AsNoTracking().SingleAsync(user => user.UserName == email));

    /// <summary>What the account left in the audit, oldest first.</summary>
    public static async Task<IReadOnlyList<AuditEntry>> TraceAsync(this SiteHost site, string email)
    {
        var id = (await site.AccountAsync(email)).Id;
        return await site.InDatabaseAsync(db => db.AuditEntries.AsNoTracking().Where(entry => entry.StaffId == id).OrderBy(entry => entry.Id).ToListAsync());
    }

    public static Task<HttpResponseMessage> TryAsync(this HttpClient client, string email, string password = StaffDesk.Password, string returnUrl = "") =>
        client.PostFromAsync("/staff/sign-in" + (returnUrl.Length > 0 ? $"?ReturnUrl={Uri.EscapeDataString(returnUrl)}" : ""), "/staff/sign-in", ("Email", email), ("Password", password));

    public static async Task<HttpResponseMessage> GiveCodeAsync(this HttpClient client, string code) => await client.PostFromAsync("/staff/second-factor", "/staff/second-factor", ("Code", code));

    public static string To(this HttpResponseMessage answer) => answer.Headers.Location?.ToString() ?? $"{(int)answer.StatusCode}";
}
