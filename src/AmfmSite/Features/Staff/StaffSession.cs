using System.Globalization;
using Microsoft.AspNetCore.Authentication;

namespace AmfmSite.Features.Staff;

/// <summary>
/// One sign-in. Its cookie says when it began, when somebody last did something and with what they signed in; a row of the
/// account's tokens says that it has not been ended, so that a copy of the cookie is worth nothing after signing out.
/// </summary>
/// <param name="Id">Name of the row.</param>
public sealed record StaffSession(string Id, DateTimeOffset SignedInAt, DateTimeOffset ActiveAt, SignInWay Way)
{
    /// <summary>Provider of the rows.</summary>
    public const string Provider = "session";

    private const string IdItem = "session", SignedInItem = "signed-in", ActiveItem = "active", WayItem = "way";

    /// <summary>After so long without an action the desk locks.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromMinutes(30);

    /// <summary>After so long it locks in any case.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    /// <summary>For so long a sign-in is good for what <see cref="StaffPolicies.Fresh"/> guards.</summary>
    public static readonly TimeSpan Freshness = TimeSpan.FromMinutes(10);

    /// <summary>Unless somebody does something before.</summary>
    public DateTimeOffset LocksAt => ActiveAt + Idle < SignedInAt + Longest ? ActiveAt + Idle : SignedInAt + Longest;

    public bool IsFreshAt(DateTimeOffset now) => now < SignedInAt + Freshness;

    /// <returns>Null when nobody is signed in.</returns>
    public static StaffSession? Of(HttpContext context) => context.User.Identity is not { IsAuthenticated: true }
        ? null
        : context.Items[typeof(StaffSession)] as StaffSession ?? From(context.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Properties);

    /// <summary>From here on this is the session of the request that began it.</summary>
    internal void BeginIn(HttpContext context) => context.Items[typeof(StaffSession)] = this;

    internal static StaffSession? From(AuthenticationProperties? properties) =>
        properties?.GetString(IdItem) is { } id && Time(properties, SignedInItem) is { } signedIn && Time(properties, ActiveItem) is { } active
            && Enum.TryParse<SignInWay>(properties.GetString(WayItem), out var way)
            ? new(id, signedIn, active, way)
            : null;

    internal void WriteTo(AuthenticationProperties properties)
    {
        properties.SetString(IdItem, Id);
        properties.SetString(SignedInItem, Text(SignedInAt));
        properties.SetString(ActiveItem, Text(ActiveAt));
        properties.SetString(WayItem, Way.ToString());
    }

    /// <summary>Such that the order of the texts is the order of the times.</summary>
    internal static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    private static DateTimeOffset? Time(AuthenticationProperties properties, string item) =>
        DateTimeOffset.TryParse(properties.GetString(item), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time) ? time : null;
}
