using System.Net;
using System.Text;
using AmfmSite.Features.Staff;
using AmfmSite.IntegrationTests.Hosting;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AmfmSite.IntegrationTests.Abuse;

/// <summary>Bodies that no browser sends, to every address that takes one: never a 500, and the next visitor is served.</summary>
public sealed class HostileBodyTests(HostileBodyTests.StaffedSite site) : IClassFixture<HostileBodyTests.StaffedSite>
{
    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Post_BodyOfAnySort_ToAnyAddress_IsNever500_AndTheNextVisitorIsServed(string what)
    {
        using var visitor = site.NewClient();
        var (lead, wrong, tried) = (await site.LeadAsync(), new List<string>(), 0);
        foreach (var path in PostPaths())
        {
            tried++;
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = Make(what) };
            try
            {
                using var answer = await (path.StartsWith("/intake", StringComparison.Ordinal) || path.StartsWith("/staff/account", StringComparison.Ordinal) ? lead : visitor).SendAsync(request);
                if ((int)answer.StatusCode >= 500) wrong.Add($"{path}: {(int)answer.StatusCode}");
            }
            catch (HttpRequestException fault) when (fault.InnerException is IOException)
            {
                // The server said no and hung up while the rest was still on its way.
            }
        }

        Assert.Empty(wrong);
        Assert.True(tried > 40, $"Only {tried} were tried.");
        using var another = site.NewClient();
        using var next = await new CallbackPost().SendAsync(another);
        Assert.Equal(HttpStatusCode.SeeOther, next.StatusCode);
    }

    /// <summary>With the token that antiforgery asks for, so that the body reaches what binds it.</summary>
    [Theory]
    [InlineData("/intake/desk", "/intake/desk")]
    [InlineData("/intake/search", "/intake")]
    [InlineData("/intake/export", "/intake/export")]
    [InlineData("/staff/account/password", "/staff/account/password")]
    [InlineData("/staff/sign-in", "/staff/sign-in")]
    public async Task Post_DeskFormWithTokenAndHostileNames_IsNever500(string action, string page)
    {
        var lead = await site.LeadAsync();
        var token = (await lead.GetPageAsync(page)).QuerySelector("form[method=post] [name=__RequestVerificationToken]")!.GetAttribute("value")!;
        var wrong = new List<string>();
        foreach (var fields in HostileFields())
        {
            using var answer = await lead.PostAsync(action, new StringContent($"__RequestVerificationToken={Uri.EscapeDataString(token)}&{fields}", Encoding.UTF8, "application/x-www-form-urlencoded"));
            if ((int)answer.StatusCode >= 500) wrong.Add($"{(int)answer.StatusCode} for {fields[..Math.Min(60, fields.Length)]}");
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task Get_HeadersOfAnySize_AreNever500_AndTheNextVisitorIsServed()
    {
        using var client = site.NewClient();
        foreach (var (name, value, times) in new[] { ("X-Long", new string('x', 30_000), 1), ("X-Many", "x", 90), ("X-TooMany", "x", 300), ("Cookie", string.Join("; ", Enumerable.Range(0, 2000).Select(i => $"c{i}=x")), 1), ("Accept-Encoding", new string(',', 20_000), 1), ("Accept-Encoding", string.Join(',', Enumerable.Repeat("br;q=0.5", 2000)), 1), ("If-None-Match", string.Join(',', Enumerable.Repeat("\"x\"", 5000)), 1), ("Range", "bytes=" + string.Join(',', Enumerable.Range(0, 3000).Select(i => $"{i}-{i}")), 1), ("Accept", string.Join(',', Enumerable.Range(0, 2000).Select(i => $"a/b{i};q=0.1")), 1) })
        {
            foreach (var path in new[] { "/", "/css/site.css", "/request-a-call", "/staff/sign-in" })
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, path);
                for (var i = 0; i < times; i++) request.Headers.TryAddWithoutValidation(times == 1 ? name : $"{name}{i}", value);
                using var answer = await client.SendAsync(request);
                Assert.True((int)answer.StatusCode < 500, $"{path} with {name}: {(int)answer.StatusCode}");
            }
        }

        using var next = await site.NewClient().GetAsync("/");
        Assert.Equal(HttpStatusCode.OK, next.StatusCode);
    }

    public static TheoryData<string> Bodies() => new(
        "100000 keys", "keys up to the limit", "one long key", "keys with one hash", "deep name", "deep indexer", "many of one key", "bad escapes", "broken UTF-8", "zero bytes", "json", "json, deep", "xml with an entity",
        "multipart", "multipart without a boundary", "multipart with a long boundary", "multipart that never ends", "multipart with odd headers", "multipart with a file", "two content types", "unknown charset", "utf-7", "gzip that is none", "nothing", "only separators");

    private static HttpContent Make(string what) => what switch
    {
        "100000 keys" => Form(string.Join('&', Enumerable.Range(0, 100_000).Select(i => $"k{i}=v"))),
        "keys up to the limit" => Form(string.Join('&', Enumerable.Range(0, 12_000).Select(i => $"{i:x}"))),
        "one long key" => Form(new string('k', 60_000) + "=v"),

        // Equal under the hash that .NET had before it was seeded: each pair is two spellings of one sum.
        "keys with one hash" => Form(string.Join('&', Enumerable.Range(0, 1_000).Select(i => string.Concat(Enumerable.Range(0, 10).Select(bit => (i >> bit & 1) == 0 ? "Aa" : "BB")) + "=v"))),
        "deep name" => Form("Name" + string.Concat(Enumerable.Repeat("[a]", 600)) + "=v&Name" + string.Concat(Enumerable.Repeat(".a", 800)) + "=v"),
        "deep indexer" => Form("Holidays" + string.Concat(Enumerable.Repeat("[0]", 600)) + "=v&Opens[" + new string('[', 1500) + "=v&Name[=v&Name]=v&[]=v&[0].Name=v"),
        "many of one key" => Form(string.Join('&', Enumerable.Repeat("Name=x&Code=x&Words=x&Days=x&Note=x&OtherId=x", 150))),
        "bad escapes" => Form("Name=%&Words=%zz&Code=%u0041&Contact=%c0%af&Note=%ff%fe&%=%&%00=%00"),
        "broken UTF-8" => Bytes([.. "Name="u8, 0xff, 0xfe, 0xc3, 0x28, 0xed, 0xa0, 0x80, .. "&Words="u8, 0xf8, 0x88, .. "&Code="u8, 0xc0, 0x80], "application/x-www-form-urlencoded"),
        "zero bytes" => Bytes(new byte[30_000], "application/x-www-form-urlencoded"),
        "json" => new StringContent("{\"Name\":\"x\",\"Words\":\"x\",\"__proto__\":{\"x\":1}}", Encoding.UTF8, "application/json"),
        "json, deep" => new StringContent(new string('[', 30_000), Encoding.UTF8, "application/json"),
        "xml with an entity" => new StringContent("<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\"><!ENTITY c \"&b;&b;&b;\">]><a>&c;</a>", Encoding.UTF8, "application/xml"),
        "multipart" => new MultipartFormDataContent { { new StringContent("x"), "Words" }, { new StringContent("x"), "Name" } },
        "multipart without a boundary" => Bytes("--x\r\nContent-Disposition: form-data; name=\"Name\"\r\n\r\nx\r\n--x--"u8.ToArray(), "multipart/form-data"),
        "multipart with a long boundary" => Bytes("x"u8.ToArray(), "multipart/form-data; boundary=" + new string('b', 5_000)),
        "multipart that never ends" => Bytes(Encoding.UTF8.GetBytes("--x\r\nContent-Disposition: form-data; name=\"Name\"\r\n\r\n" + new string('x', 30_000)), "multipart/form-data; boundary=x"),
        "multipart with odd headers" => Bytes(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 300).Select(i => $"--x\r\nContent-Disposition: form-data; name=\"\"; filename*=UTF-8''%ff%00\r\nX-{i}: {new string('h', 40)}\r\n\r\n\r\n")) + "--x--"), "multipart/form-data; boundary=\"x\""),
        "multipart with a file" => new MultipartFormDataContent { { new ByteArrayContent(new byte[20_000]), "Name", "../../../etc/passwd" }, { new ByteArrayContent([1]), "Words", "x.exe" } },
        "two content types" => Bytes("Name=x"u8.ToArray(), "application/x-www-form-urlencoded, multipart/form-data; boundary=x"),
        "unknown charset" => Bytes("Name=x"u8.ToArray(), "application/x-www-form-urlencoded; charset=nonsense"),
        "utf-7" => Bytes("Name=+ADw-script+AD4-"u8.ToArray(), "application/x-www-form-urlencoded; charset=utf-7"),
        "gzip that is none" => WithEncoding(Form("Name=x&Words=x"), "gzip"),
        "nothing" => Bytes([], "application/x-www-form-urlencoded"),
        _ => Form(new string('&', 30_000) + new string('=', 30_000)),
    };

    private static IEnumerable<string> HostileFields()
    {
        yield return string.Join('&', Enumerable.Range(0, 1000).Select(i => $"Holidays[{i}]=x"));
        yield return string.Join('&', Enumerable.Range(0, 1000).Select(i => $"Holidays=x{i}"));
        yield return string.Join('&', Enumerable.Range(0, 900).Select(i => $"Opens[{i}]=9"));
        yield return "Opens" + string.Concat(Enumerable.Repeat("[a]", 500)) + "=9";
        yield return string.Join('&', Enumerable.Repeat("Opens[mon]=9", 500));
        yield return "Opens[0].Key=mon&Opens[0].Value=9&Opens[0].Key=mon&Opens[1].Key=mon";
        yield return "Holidays.index=0&Holidays.index=" + new string('9', 500) + "&Holidays[" + new string('9', 500) + "]=x";
        yield return "Revision=99999999999999999999&PerDay=1e999&InAll=-1&Text=%00&Reason=%ed%a0%80";
        yield return "Text=%f0%9f&Text[]=x&Text.Text.Text=x&Text[0][1][2]=x";
        yield return "From=0001-01-01&To=9999-12-31&Reason=" + Uri.EscapeDataString(new string('ﷺ', 4000));
        yield return "Again=maybe&Contact=x&Notes=x&Roles[-1]=x&Revision=&Revision=1&Revision=x";
        yield return string.Join('&', Enumerable.Range(0, 5000).Select(i => $"k{i}="));
    }

    /// <summary>A site with one lead, who stays signed in.</summary>
    public sealed class StaffedSite : SiteHost
    {
        private HttpClient? _lead;

        public async Task<HttpClient> LeadAsync() => _lead ??= await this.SignInAsync("hostile@example.org", StaffRoles.Lead);
    }

    private static StringContent Form(string fields) => new(fields, Encoding.UTF8, "application/x-www-form-urlencoded");

    private static ByteArrayContent Bytes(byte[] body, string contentType)
    {
        var content = new ByteArrayContent(body);
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        return content;
    }

    private static HttpContent WithEncoding(HttpContent content, string encoding)
    {
        content.Headers.ContentEncoding.Add(encoding);
        return content;
    }

    private List<string> PostPaths() =>
    [
        .. site.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<ControllerActionDescriptor>() is not null && endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("POST") == true)
            .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.TrimStart('/').Replace("{id:guid}", Guid.NewGuid().ToString(), StringComparison.Ordinal).Replace("{token}", "x", StringComparison.Ordinal).Replace("{passkeyId}", "x", StringComparison.Ordinal))
            .Append("/conditions/social-isolation").Append("/error/404").Append("/no-such-page").Append("/css/site.css").Append("/health/live"),
    ];
}
