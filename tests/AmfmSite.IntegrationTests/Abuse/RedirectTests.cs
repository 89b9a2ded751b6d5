using System.Net;
using AmfmSite.Features.Staff;
using AmfmSite.IntegrationTests.Features.Staff;
using AmfmSite.IntegrationTests.Hosting;

namespace AmfmSite.IntegrationTests.Abuse;

/// <summary>Nothing that somebody puts into a parameter or a path leads to another host, and none of it breaks a page.</summary>
public sealed class RedirectTests
{
    [Fact]
    public async Task SignIn_ReturnUrlOfAnyWriting_LeadsToThisSiteAlone()
    {
        await using var site = new SiteHost();
        using (await site.SignInAsync("led@example.org")) { }
        using var fresh = new PlainJar();
        using var first = new HttpClient(fresh, disposeHandler: false) { BaseAddress = site.Address };
        var (token, wrong) = (await TokenAsync(first, "/staff/sign-in"), new List<string>());
        foreach (var payload in Payloads.Redirects)
        {
            // Nobody is signed in yet each time: a token belongs to whoever got it.
            using var client = new HttpClient(fresh.Copy()) { BaseAddress = site.Address };
            using var right = await PostAsync(client, "/staff/sign-in", token, ("Email", "led@example.org"), ("Password", StaffDesk.Password), ("ReturnUrl", payload));
            Check(wrong, site, payload, right);

            // A zero sign is no form to .NET, whatever else stands in it.
            if (right.StatusCode != (payload.Contains('\0', StringComparison.Ordinal) ? HttpStatusCode.BadRequest : HttpStatusCode.Redirect)) wrong.Add($"{payload}: a right password is answered {(int)right.StatusCode}");
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task SecondFactor_ReturnUrlOfAnyWriting_LeadsToThisSiteAlone()
    {
        await using var site = new ClockedHost();
        using var staff = await site.SignInAsync("led-by-code@example.org");
        var (app, _) = await AuthenticatorApp.SetUpAsync(staff, site.Clock);
        using var fresh = new PlainJar();
        using var first = new HttpClient(fresh, disposeHandler: false) { BaseAddress = site.Address };
        var (token, wrong, led) = (await TokenAsync(first, "/staff/sign-in"), new List<string>(), 0);
        foreach (var payload in Payloads.Redirects)
        {
            using var client = new HttpClient(fresh.Copy()) { BaseAddress = site.Address };

            // Each code opens once.
            site.Clock!.Advance(TimeSpan.FromSeconds(30));
            using var password = await PostAsync(client, "/staff/sign-in", token, ("Email", "led-by-code@example.org"), ("Password", StaffDesk.Password), ("ReturnUrl", payload));
            Check(wrong, site, payload, password);
            if (password.Headers.Location is null) continue;
            using var page = await client.GetAsync(password.Headers.Location);
            Check(wrong, site, payload, page);
            using var code = await PostAsync(client, "/staff/second-factor", token, ("Code", app.Code()), ("ReturnUrl", payload));
            Check(wrong, site, payload, code);
            if (code.StatusCode == HttpStatusCode.Redirect) led++;
        }

        Assert.Empty(wrong);
        Assert.Equal(Payloads.Redirects.Count(payload => !payload.Contains('\0', StringComparison.Ordinal)), led);
    }

    [Fact]
    public async Task Get_PagesThatLeadBack_LinkToThisSiteAlone()
    {
        await using var site = new SiteHost();
        using var client = site.NewStaffClient();
        var wrong = new List<string>();
        foreach (var payload in Payloads.Redirects)
        {
            foreach (var path in new[] { "/staff/locked?returnUrl=", "/staff/sign-in?returnUrl=", "/staff/second-factor?returnUrl=", "/request-a-call?From=", "/search?Words=", "/my-request/x?done=", "/?next=", "/isolation?to=" })
            {
                using var answer = await client.GetAsync(path + Uri.EscapeDataString(payload));
                Check(wrong, site, path + payload, answer);
                var page = await answer.ReadAsync();
                foreach (var link in page.QuerySelectorAll("main a[href], main form[action]").Select(element => element.GetAttribute("href") ?? element.GetAttribute("action")!).Where(link => LeadsElsewhere(site, link)))
                    if (link.Contains("evil", StringComparison.OrdinalIgnoreCase) || link.StartsWith("javascript", StringComparison.OrdinalIgnoreCase)) wrong.Add($"{path}{payload} links to {link}");
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task Desk_AddressOrReferrerOfAnyWriting_ComesBackToThisSite()
    {
        await using var site = new ClockedHost();
        using var admin = await site.SignInAsync("led-admin@example.org", StaffRoles.Admin);
        var token = await TokenAsync(admin, "/staff/accounts");
        site.Clock!.Advance(TimeSpan.FromMinutes(15));
        using var stranger = site.NewClient();
        var wrong = new List<string>();
        foreach (var payload in Payloads.Redirects)
        {
            using (var away = await stranger.GetAsync($"/intake?returnUrl={Uri.EscapeDataString(payload)}")) Check(wrong, site, $"desk, {payload}", away);

            // A sign-in of long ago is asked for again, and led back to the page that the browser says it comes from.
            using var post = new HttpRequestMessage(HttpMethod.Post, "/staff/accounts") { Content = new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("Email", "x@example.org"), new("Roles", StaffRoles.Intake)]) };
            post.Headers.TryAddWithoutValidation("Referer", new string([.. payload.Where(sign => sign is > ' ' and < (char)127)]));
            using var again = await admin.SendAsync(post);
            Check(wrong, site, $"fresh, {payload}", again);
            if (again.StatusCode != HttpStatusCode.Redirect || again.Headers.Location!.ToString().Contains("ReturnUrl=http", StringComparison.OrdinalIgnoreCase)) wrong.Add($"fresh, {payload}: {again.To()}");
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task Get_PathOfAnyWriting_IsNeverLedElsewhere()
    {
        await using var site = new SiteHost();
        using var client = site.NewClient();
        var (wrong, root) = (new List<string>(), site.Address.GetLeftPart(UriPartial.Authority));
        string[] more = ["//evil.example/isolation/", "/\\evil.example/isolation", "/isolation//evil.example", "/ISOLATION/?//evil.example", "/isolation/%2f%2fevil.example", "/%2f%2fevil.example/Isolation/", "/conditions/Social-Isolation/?u=//evil.example", "/isolation;//evil.example", "/isolation%0d%0aX:y", "/Home/", "//", "/%5C%5Cevil.example/"];
        foreach (var path in Payloads.Redirects.Where(payload => payload.StartsWith('/')).Select(payload => new string([.. payload.Where(sign => sign > ' ' && sign != '\u2028')])).Concat(more))
        {
            if (!Uri.TryCreate(root + path, UriKind.Absolute, out var address)) continue;
            using var answer = await client.GetAsync(address);
            Check(wrong, site, path, answer);
        }

        Assert.Empty(wrong);
    }

    private static void Check(List<string> wrong, SiteHost site, string payload, HttpResponseMessage answer)
    {
        if ((int)answer.StatusCode >= 500) wrong.Add($"{payload}: {(int)answer.StatusCode}");
        if (answer.Headers.TryGetValues("Location", out var to) && LeadsElsewhere(site, to.Single())) wrong.Add($"{payload} leads to {to.Single()}");
        if (answer.Headers.Contains("Refresh")) wrong.Add($"{payload}: Refresh");
    }

    /// <summary>As browsers read it: a backslash is a slash, and tabs and line ends are not there.</summary>
    private static bool LeadsElsewhere(SiteHost site, string location)
    {
        var read = string.Concat(location.Where(sign => sign is not ('\t' or '\r' or '\n'))).Trim().Replace('\\', '/');
        return !Uri.TryCreate(site.Address, read, out var target) || target.Authority != site.Address.Authority || target.Scheme != site.Address.Scheme;
    }

    private static async Task<string> TokenAsync(HttpClient client, string page) =>
        (await client.GetPageAsync(page)).QuerySelector("[name=__RequestVerificationToken]")!.GetAttribute("value")!;

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, string path, string token, params (string Name, string Value)[] answers) =>
        client.PostAsync(path, new FormUrlEncodedContent([new("__RequestVerificationToken", token), .. answers.Select(answer => KeyValuePair.Create(answer.Name, answer.Value))]));
}
