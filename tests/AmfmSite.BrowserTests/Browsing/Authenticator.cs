namespace AmfmSite.BrowserTests.Browsing;

/// <summary>A device that holds passkeys, played by Chromium.</summary>
public sealed class Authenticator
{
    private readonly ICDPSession _session;
    private readonly string _id;

    private Authenticator(ICDPSession session, string id) => (_session, _id) = (session, id);

    /// <param name="verifies">It can tell who is there, by a fingerprint or a PIN.</param>
    public static async Task<Authenticator> PlugInAsync(IPage page, bool verifies = true)
    {
        var session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("WebAuthn.enable");
        var answer = await session.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = verifies,
                ["isUserVerified"] = verifies,
                ["automaticPresenceSimulation"] = true,
            },
        });
        return new(session, answer!.Value.GetProperty("authenticatorId").GetString()!);
    }

    public Task UnplugAsync() => _session.SendAsync("WebAuthn.removeVirtualAuthenticator", new Dictionary<string, object> { ["authenticatorId"] = _id });

    /// <summary>From now on it recognises whoever is there, or nobody.</summary>
    public Task RecogniseAsync(bool somebody) => _session.SendAsync("WebAuthn.setUserVerified", new Dictionary<string, object> { ["authenticatorId"] = _id, ["isUserVerified"] = somebody });
}
