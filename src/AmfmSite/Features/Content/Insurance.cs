namespace AmfmSite.Features.Content;

/// <summary>What is said about insurance, and on which day it was true.</summary>
public sealed class Insurance
{
    public required string Statement { get; init; }

    /// <summary>Date as 2026-11-22.</summary>
    public required string AsOf { get; init; }

    /// <summary>Insurers with a contract in force on that day. Empty is not drawn.</summary>
    public List<string> Insurers { get; init; } = [];
}
