namespace AmfmSite.IntegrationTests.Hosting;

/// <summary>A filled form. Names are made up, numbers are 555-01xx.</summary>
public sealed class CallbackPost
{
    private static int _next;

    public Dictionary<string, string> Answers { get; } = new()
    {
        ["For"] = "self",
        ["Adult"] = "yes",
        ["Name"] = $"Robin Test {Interlocked.Increment(ref _next)}",
        ["State"] = "CA",
        ["Phone"] = "415-555-0123",
        ["Voicemail"] = "no",
        ["Consent"] = "yes",
    };

    public CallbackPost With(string name, string value)
    {
        Answers[name] = value;
        return this;
    }

    public CallbackPost Without(string name)
    {
        Answers.Remove(name);
        return this;
    }

    public async Task<HttpResponseMessage> SendAsync(HttpClient client, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/request-a-call") { Content = new FormUrlEncodedContent(Answers) };
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        return await client.SendAsync(request);
    }
}
