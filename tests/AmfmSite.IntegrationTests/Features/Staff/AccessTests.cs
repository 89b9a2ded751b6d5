using System.Net;
using System.Text.RegularExpressions;
using AmfmSite.Features.Staff;
using AmfmSite.IntegrationTests.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AmfmSite.IntegrationTests.Features.Staff;

/// <summary>Every route there is, tried by everybody there is. A new route fails here until somebody has said who may use it.</summary>
public sealed partial class AccessTests(SiteHost site) : IClassFixture<SiteHost>
{
    /// <summary>Who may do what, by the beginning of the path; the longest that fits counts. Written by hand: it is the other opinion.</summary>
    private static readonly (string Path, string[] Roles)[] Rules =
    [
        ("/intake", [StaffRoles.Intake, StaffRoles.Lead]),
        ("/intake/requests/{id}/let-through", [StaffRoles.Lead]),
        ("/intake/requests/{id}/reopen", [StaffRoles.Lead]),
        ("/intake/export", [StaffRoles.Lead]),
        ("/intake/audit", [StaffRoles.Auditor, StaffRoles.Admin]),
        ("/editing", [StaffRoles.Editor, StaffRoles.Reviewer]),
        ("/editing/new", [StaffRoles.Editor]),
        ("/editing/pictures/upload", [StaffRoles.Editor]),
        ("/editing/inserts", [StaffRoles.Editor]),
        ("/editing/references/import", [StaffRoles.Editor]),
        ("/editing/{id}/{id}/schedule", [StaffRoles.Editor]),
        ("/editing/{id}/{id}/preview-link", [StaffRoles.Editor]),
        ("/editing/{id}/{id}/edit", [StaffRoles.Editor]),
        ("/editing/{id}/{id}/merge", [StaffRoles.Editor]),
        ("/editing/{id}/{id}/autosave", [StaffRoles.Editor]),
        ("/editing/{id}/{id}/restore", [StaffRoles.Editor]),
        ("/editing/{id}/{id}/publish", [StaffRoles.Editor]),
        ("/editing/{id}/{id}/unpublish", [StaffRoles.Editor]),
        ("/editing/{id}/{id}/approve", [StaffRoles.Reviewer]),
        ("/editing/{id}/{id}/return", [StaffRoles.Reviewer]),
        ("/staff/accounts", [StaffRoles.Admin]),
        ("/staff", [.. StaffRoles.All]),
    ];

    /// <summary>Changes of what both may see are a lead's.</summary>
    private static readonly string[] LeadPosts = ["/intake/desk"];

    /// <summary>Both may see it drawn; what is being typed is an editor's.</summary>
    private static readonly string[] EditorPosts = ["/editing/{id}/{id}/preview"];

    private static readonly string[] OpenToAll =
    [
        "/staff/sign-in", "/staff/second-factor", "/staff/invitation", "/staff/locked", "/staff/passkey", "/dev/mails",
    ];

    [Fact]
    public void EveryRoute_OfTheDesk_DemandsAPolicy()
    {
        var open = Routes().Where(route => route.Endpoint.Metadata.GetMetadata<IAuthorizeData>() is null && route.Endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null).Select(route => route.Path).Distinct().ToList();
        Assert.DoesNotContain(open, path => path.StartsWith("/intake", StringComparison.Ordinal) || path.StartsWith("/staff", StringComparison.Ordinal) || path.StartsWith("/editing", StringComparison.Ordinal));
        Assert.All(Routes().Where(route => route.Endpoint.Metadata.GetMetadata<IAuthorizeData>() is not null), route => Assert.Contains(route.Endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>(), data => data.Policy is { Length: > 0 }));
        Assert.All(Routes().Where(route => route.Endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null && route.Path.StartsWith("/staff", StringComparison.Ordinal)),
            route => Assert.Contains(OpenToAll, path => route.Path.StartsWith(path, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("")]
    [InlineData(StaffRoles.Intake)]
    [InlineData(StaffRoles.Lead)]
    [InlineData(StaffRoles.Editor)]
    [InlineData(StaffRoles.Reviewer)]
    [InlineData(StaffRoles.Admin)]
    [InlineData(StaffRoles.Auditor)]
    public async Task EveryRoute_TriedBy_AnswersAsTheRulesSay(string role)
    {
        using var client = role.Length == 0 ? site.NewStaffClient() : await site.SignInAsync($"access-{role}@example.org", role);
        var (wrong, tried) = (new List<string>(), 0);
        foreach (var (path, method, endpoint) in Routes().Where(route => Staff(route.Path) && !OpenToAll.Any(open => route.Path.StartsWith(open, StringComparison.Ordinal)) && route.Path != "/staff/sign-out"))
        {
            tried++;
            using var request = new HttpRequestMessage(new HttpMethod(method), Parameter().Replace(path, match => match.Value.Contains("guid", StringComparison.Ordinal) || match.Value == "{id}" ? Guid.NewGuid().ToString() : "1"));
            if (method != "GET") request.Content = new FormUrlEncodedContent([]);
            var before = await RefusalsAsync();
            using var answer = await client.SendAsync(request);
            var refused = await RefusalsAsync() > before;
            var toSignIn = answer.StatusCode == HttpStatusCode.Redirect && answer.Headers.Location!.ToString().Contains("/staff/sign-in", StringComparison.Ordinal);
            var may = MayUse(path, method, role);
            var well = role.Length == 0 ? toSignIn : may ? !refused && !toSignIn : refused && answer.StatusCode == HttpStatusCode.NotFound;
            if (!well) wrong.Add($"{method} {path} as {(role.Length == 0 ? "nobody" : role)}: {(int)answer.StatusCode}{(refused ? ", refused" : "")}{(toSignIn ? ", to sign-in" : "")} although it {(may ? "may" : "may not")}");

            // Whoever may post is still asked for the token of a form.
            if (may && method == "POST" && role.Length > 0 && answer.StatusCode is not HttpStatusCode.BadRequest) wrong.Add($"{method} {path} took a post without antiforgery: {(int)answer.StatusCode}");
            if (answer.Headers.CacheControl?.NoStore != true && !toSignIn) wrong.Add($"{method} {path} may be stored: {answer.Headers.CacheControl}");
        }

        Assert.Empty(wrong);
        Assert.True(tried >= 40, $"Only {tried} routes were found: the walk proves nothing.");
    }

    private static bool Staff(string path) => path.StartsWith("/intake", StringComparison.Ordinal) || path.StartsWith("/staff", StringComparison.Ordinal) || path.StartsWith("/editing", StringComparison.Ordinal);

    private static bool MayUse(string path, string method, string role)
    {
        var plain = Parameter().Replace(path, "{id}");
        if (method == "POST" && LeadPosts.Any(post => plain.StartsWith(post, StringComparison.Ordinal))) return role == StaffRoles.Lead;
        if (method == "POST" && EditorPosts.Any(post => plain.StartsWith(post, StringComparison.Ordinal))) return role == StaffRoles.Editor;
        return Rules.Where(rule => plain.StartsWith(rule.Path, StringComparison.Ordinal)).MaxBy(rule => rule.Path.Length).Roles?.Contains(role) == true;
    }

    private Task<int> RefusalsAsync() => site.InDatabaseAsync(db => db.AuditEntries.CountAsync(entry => entry.Action == AuditAction.AccessRefused));

    private List<(string Path, string Method, RouteEndpoint Endpoint)> Routes()
    {
        _ = site.Address;
        return [.. site.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<ControllerActionDescriptor>() is not null)
            .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(method => ("/" + endpoint.RoutePattern.RawText!.TrimStart('/'), method, endpoint)))];
    }

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();
}
