using System.Net;
using AmfmSite.IntegrationTests.Hosting;

namespace AmfmSite.IntegrationTests.Features.MyRequest;

/// <summary>Somebody with the code of their request, as a browser without cookies.</summary>
internal static class OwnPages
{
    public const string Path = "/my-request";

    /// <summary>A request with everything personal in it, and rules that allow all.</summary>
    public static CallbackPost Everything() => new CallbackPost().With("Name", "Qwertina Own").With("Phone", "415-555-0147").With("Email", "qwertina@example.org").With("Voicemail", "yes")
        .With("SayWho", "yes").With("EmailSafe", "yes").With("OthersMayAnswer", "my flatmate Quill").With("Note", "Qwertnote about me").With("Insurer", "Qwertinsurer").With("Topic", "trauma");

    /// <returns>The reference, as the page after it shows it.</returns>
    public static async Task<string> AskAsync(this HttpClient client, CallbackPost post)
    {
        using var answer = await post.SendAsync(client);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        return (await client.GetPageAsync(answer.Headers.Location!.ToString())).QuerySelector("[data-reference]")!.TextContent;
    }

    public static Task<HttpResponseMessage> TryAsync(this HttpClient client, string code, string contact) => client.PostAsync(Path, Form(("Code", code), ("Contact", contact)));

    /// <returns>The address of the request's page.</returns>
    public static async Task<string> OpenAsync(this HttpClient client, string code, string contact)
    {
        using var answer = await client.TryAsync(code, contact);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        return answer.Headers.Location!.ToString();
    }

    public static Task<HttpResponseMessage> SendAsync(this HttpClient client, string address, params (string Name, string Value)[] answers) => client.PostAsync(address, Form(answers));

    private static FormUrlEncodedContent Form(params (string Name, string Value)[] answers) => new(answers.Select(answer => KeyValuePair.Create(answer.Name, answer.Value)));
}
