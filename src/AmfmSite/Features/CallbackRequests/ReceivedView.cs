using AmfmSite.Features.Content;

namespace AmfmSite.Features.CallbackRequests;

/// <summary>What the page after a stored request draws. It holds no name, number or address.</summary>
/// <param name="Reference">"7K3Q-9WDP".</param>
/// <param name="Window">When we call, in words, with the caller's zone.</param>
/// <param name="WaitsLong">The window is six days off or more; the page says so.</param>
/// <param name="Opening">Null while somebody is at the desk. Otherwise when it opens, or empty where no hours are confirmed.</param>
/// <param name="ReadFirst">What was written sounds like danger: crisis help stands first.</param>
/// <param name="OnlyEmail">No phone number was given, so we write first.</param>
/// <param name="Voicemail">no, neutral or yes.</param>
/// <param name="SayWho">We may say who is calling to whoever answers.</param>
public sealed record ReceivedView(
    ContentSnapshot Content, string Reference, string Window, bool WaitsLong, string? Opening, bool ReadFirst, bool OnlyEmail, string Voicemail, bool SayWho);
