namespace AmfmSite.Features.Staff;

/// <summary>The form that asks the browser for a passkey; it shows only where a script and the browser can.</summary>
/// <param name="Action">Where it posts; the question to the browser comes from <c>/options</c> below it.</param>
/// <param name="Makes">A new passkey, instead of signing in with one.</param>
/// <param name="Quiet">Not the first choice of its page.</param>
public sealed record PasskeyButton(string Action, string Label, bool Makes, bool Quiet = false, bool AsksName = false)
{
    public Dictionary<string, string?> Hidden { get; init; } = [];
}
