namespace AmfmSite.Features.Staff;

/// <summary>A mail as a file.</summary>
public sealed record PickedUpMail(string File, string Text);
