namespace AmfmSite.Features.Content;

/// <summary>By what two references are known to be one source; the surest first.</summary>
public enum SameBy { Doi, Address, TitleAndYear }
