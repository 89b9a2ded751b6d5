using AmfmSite.Features.Content;

namespace AmfmSite.Features.Editing;

/// <summary>What an import does with one entry: it is new, the same as one that is known, or refused.</summary>
/// <param name="Key">Of the record that it would become; empty when it becomes none.</param>
/// <param name="Same">What it is the same as, or null.</param>
/// <param name="By">By what that is known.</param>
public sealed record ImportRow(CslEntry Entry, string Key = "", KnownReference? Same = null, SameBy By = default)
{
    public bool IsNew => Key.Length > 0;

    /// <summary>A record here has it already.</summary>
    public bool IsHere => Same is { Key.Length: > 0 };

    public string Sign => By switch { SameBy.Doi => "DOI", SameBy.Address => "address", _ => "title and year" };
}
