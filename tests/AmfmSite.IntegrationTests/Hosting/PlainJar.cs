namespace AmfmSite.IntegrationTests.Hosting;

/// <summary>Keeps cookies without asking whether the line is encrypted: there is no proxy here that would do it.</summary>
public sealed class PlainJar() : DelegatingHandler(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false })
{
    private readonly Dictionary<string, string> _cookies = [];

    /// <summary>As a thief would copy them.</summary>
    public PlainJar Copy()
    {
        var copy = new PlainJar();
        foreach (var (name, value) in _cookies) copy._cookies[name] = value;
        return copy;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (_cookies.Count > 0) request.Headers.Add("Cookie", string.Join("; ", _cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        var answer = await base.SendAsync(request, cancellationToken);
        if (!answer.Headers.TryGetValues("Set-Cookie", out var set)) return answer;
        foreach (var pair in set.Select(cookie => cookie.Split(';')[0].Split('=', 2)))
        {
            if (pair[1].Length > 0) _cookies[pair[0]] = pair[1];
            else _cookies.Remove(pair[0]);
        }

        return answer;
    }
}
