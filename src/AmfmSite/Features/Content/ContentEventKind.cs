namespace AmfmSite.Features.Content;

/// <summary>What can happen to a revision after it was written.</summary>
public enum ContentEventKind { Approved, Returned, Published, Unpublished }
