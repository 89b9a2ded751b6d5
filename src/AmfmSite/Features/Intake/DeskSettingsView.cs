using AmfmSite.Features.Desk;
using NodaTime;

namespace AmfmSite.Features.Intake;

/// <summary>The desk's settings: as they are, as somebody types them, and as they came to be.</summary>
/// <param name="Today">Where the desk is.</param>
/// <param name="Open">Requests that are open and not in quarantine.</param>
/// <param name="Examples">What callers would be promised who asked now, by these hours.</param>
/// <param name="Trouble">Why nothing was saved, where it is no single field.</param>
public sealed record DeskSettingsView(
    DeskSettings Desk, DeskSettingsForm Form, bool MayChange, string Done, LocalDate Today, string Clock, int Open,
    IReadOnlyList<DeskExample> Examples, IReadOnlyList<DeskRevision> History, DeskTrouble? Trouble);

/// <summary>A caller's zone and the promise in words.</summary>
public sealed record DeskExample(string Zone, string Promise);

/// <summary>One saved state.</summary>
/// <param name="At">On the desk's clock.</param>
public sealed record DeskRevision(int Number, string At, string Author, string Reason, IReadOnlyList<string> Changes);

/// <summary>What is said at the head of the page instead of "saved".</summary>
public sealed record DeskTrouble(string Heading, string Says, IReadOnlyList<string> Lines);
