using AmfmSite.Features.CallbackRequests;
using AmfmSite.Features.Content;

namespace AmfmSite.Features.MyRequest;

/// <summary>Somebody's own request as they may read it: no name, number, address or note, nobody of ours, no verdict.</summary>
public sealed record MyRequestView
{
    public required ContentSnapshot Content { get; init; }

    /// <summary>Of this page, for its forms.</summary>
    public required string Token { get; init; }

    public required OwnState State { get; init; }

    /// <summary>"7K3Q-9WDP".</summary>
    public required string Reference { get; init; }

    /// <summary>When we call or write next, in words with the caller's zone; empty when nothing is planned or their time is past.</summary>
    public required string Window { get; init; }

    /// <summary>A time we named is over, and nobody has reached them.</summary>
    public required bool IsLate { get; init; }

    public required int Tries { get; init; }
    public required bool NumberIsWrong { get; init; }
    public required bool HasPhone { get; init; }
    public required bool HasEmail { get; init; }

    /// <summary>Their wish as it stands, or what they chose when it could not be done.</summary>
    public required CallDay Day { get; init; }

    public required CallPart Part { get; init; }

    /// <summary>Why another time cannot be chosen here; null when it can.</summary>
    public required string? WhyNoOtherWindow { get; init; }

    /// <summary>The most discreet ones where they cannot be read. Who else may answer stands here, and is never drawn.</summary>
    public required SafeContact Rules { get; init; }

    /// <summary>The rules can be read, and one of them can be stricter.</summary>
    public required bool CanTighten { get; init; }

    public required int RetentionDays { get; init; }

    /// <summary>The mail to admissions holds contact details here; what was sent is not reached by a withdrawal.</summary>
    public required bool MailHoldsContact { get; init; }

    /// <summary>window or rules after a change; anything else says nothing.</summary>
    public string? Done { get; init; }

    /// <summary>Why what was pressed has not been done.</summary>
    public string? Problem { get; init; }
}

/// <summary>Where a request stands, as its caller is told.</summary>
public enum OwnState { Received, Opened, Tried, Spoken, Screening, Closed }
