namespace AmfmSite.Features.Content;

/// <summary>What sort of page it is; each kind has one Razor view of the same name.</summary>
public enum PageKind { Home, Hub, Condition, Level, Article, Admissions, Resource }
