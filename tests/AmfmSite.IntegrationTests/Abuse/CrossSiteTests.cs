using System.Net;
using AmfmSite.Features.Staff;
using AmfmSite.IntegrationTests.Hosting;
using AngleSharp.Dom;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AmfmSite.IntegrationTests.Abuse;

/// <summary>
/// Every address that takes more than GET and HEAD, from the routes themselves: it asks for the token of a form, or it stands
/// in one of two short lists, of what looks where a post comes from and of what keeps and changes nothing.
/// </summary>
public sealed class CrossSiteTests(SiteHost site) : IClassFixture<SiteHost>
{
    /// <summary>Their forms stand on cached pages or where no cookie may be; they ask the browser where the post comes from.</summary>
    private static readonly string[] AskWhereFrom = ["/request-a-call", "/my-request", "/my-request/{token}/window", "/my-request/{token}/rules", "/my-request/{token}/withdraw"];

    /// <summary>A page that leads on or an error page: nothing is stored and no sign-in looked at, so a forged post gains nothing.</summary>
    private static readonly string[] KeepNothing = ["/search", "/levels-of-care/which", "/error/{status:int}"];

    [Fact]
    public void EveryUnsafeRoute_WithoutAntiforgery_IsOneThatIsKnown()
    {
        _ = site.Address;
        var without = Unsafe().Where(route => route.Endpoint.Metadata.OfType<IgnoreAntiforgeryTokenAttribute>().Any()).Select(route => route.Path).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(AskWhereFrom.Concat(KeepNothing).Order(StringComparer.Ordinal), without);

        // The rest is under the filter for all, which no attribute of a class may take off again.
        Assert.Contains(site.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<MvcOptions>>().Value.Filters, filter => filter is AutoValidateAntiforgeryTokenAttribute);
        Assert.DoesNotContain(Unsafe(), route => route.Endpoint.Metadata.GetMetadata<ControllerActionDescriptor>() is null);
    }

    [Fact]
    public async Task EveryOtherUnsafeRoute_PostedWithoutItsToken_IsRefused()
    {
        // Between them they may do everything.
        using var lead = await site.SignInAsync("forged-lead@example.org", StaffRoles.Lead);
        using var admin = await site.SignInAsync("forged-admin@example.org", StaffRoles.Admin);
        using var editor = await site.SignInAsync("forged-editor@example.org", StaffRoles.Editor);
        using var reviewer = await site.SignInAsync("forged-reviewer@example.org", StaffRoles.Reviewer);
        using var nobody = site.NewStaffClient();
        using (await nobody.GetAsync("/staff/sign-in")) { }
        var (wrong, tried) = (new List<string>(), 0);
        foreach (var (path, method, endpoint) in Unsafe().Where(route => !AskWhereFrom.Contains(route.Path) && !KeepNothing.Contains(route.Path)))
        {
            var open = endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.Authorization.IAllowAnonymous>() is not null;
            var answers = new List<HttpStatusCode>();
            foreach (var client in open ? [nobody] : new[] { lead, admin, editor, reviewer })
            {
                tried++;
                using var request = new HttpRequestMessage(new HttpMethod(method), Filled(path)) { Content = new FormUrlEncodedContent([new("Email", "forged-lead@example.org"), new("Password", StaffDesk.Password), new("__RequestVerificationToken", "CfDJ8made-up")]) };
                using var answer = await client.SendAsync(request);
                answers.Add(answer.StatusCode);
            }

            // 404 is what a role gets that may not come here at all.
            if (!answers.Contains(HttpStatusCode.BadRequest) || answers.Any(answer => answer is not (HttpStatusCode.BadRequest or HttpStatusCode.NotFound))) wrong.Add($"{method} {path}: {string.Join(", ", answers)}");
        }

        Assert.Empty(wrong);
        Assert.True(tried > 40, $"Only {tried} were tried.");
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Sec-Fetch-Site", "same-origin, cross-site")]
    [InlineData("Sec-Fetch-Site", "SAME-ORIGIN")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "https://localhost.evil.example")]
    [InlineData("Origin", "file://")]
    public async Task EveryPublicRouteThatChangesSomething_PostedFromElsewhere_ChangesNothing(string header, string value)
    {
        using var client = site.NewClient();
        using var asked = await new CallbackPost().With("Email", $"{Guid.NewGuid():N}@example.org").With("Voicemail", "yes").SendAsync(client);
        var code = (await client.GetPageAsync(asked.Headers.Location!.ToString())).QuerySelector("strong[data-reference]")!.TextContent;
        using var opened = await client.PostAsync("/my-request", new FormUrlEncodedContent([new("Code", code), new("Contact", "0123")]));
        var token = opened.Headers.Location!.ToString().Split('/')[^1];
        var before = await StateAsync();
        var paths = Unsafe().Select(route => route.Path).Where(AskWhereFrom.Contains).Distinct().ToList();
        Assert.Equal(AskWhereFrom.Length, paths.Count);
        foreach (var path in paths)
        {
            var answers = new CallbackPost().With("Code", code).With("Contact", "0123").With("Day", "wed").With("Part", "any").With("Voicemail", "no").Answers;
            using var request = new HttpRequestMessage(HttpMethod.Post, path.Replace("{token}", token, StringComparison.Ordinal)) { Content = new FormUrlEncodedContent(answers) };
            request.Headers.TryAddWithoutValidation(header, value);
            using var answer = await client.SendAsync(request);
            Assert.True(answer.StatusCode == HttpStatusCode.UnprocessableEntity, $"{path}: {answer.StatusCode}");
        }

        Assert.Equal(before, await StateAsync());
    }

    /// <summary>How much there is of everything a visitor can change, and every version of it.</summary>
    private Task<(int, int, int, int)> StateAsync() => site.InDatabaseAsync(async db => (
        await db.CallbackRequests.CountAsync(), await db.CallbackRequests.SumAsync(request => request.RowVersion), await db.OutboxMessages.CountAsync(message => message.RequestId != null), await db.AuditEntries.CountAsync(entry => entry.RequestId != null)));

    private static string Filled(string path) => path.Replace("{id:guid}", Guid.NewGuid().ToString(), StringComparison.Ordinal).Replace("{passkeyId}", "x", StringComparison.Ordinal);

    private IEnumerable<(string Path, string Method, RouteEndpoint Endpoint)> Unsafe() => site.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
        .Where(endpoint => endpoint.Metadata.GetMetadata<ControllerActionDescriptor>() is not null)
        .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["POST"]).Where(method => method is not ("GET" or "HEAD")).Select(method => ("/" + endpoint.RoutePattern.RawText!.TrimStart('/'), method, endpoint)));
}
