namespace AmfmSite.Features.Content;

/// <summary>What sort of page it is; lists of pages go by it.</summary>
public enum PageKind { Home, Hub, Condition, Level, Treatment, Program, Location, Article, Admissions, Resource, About }
