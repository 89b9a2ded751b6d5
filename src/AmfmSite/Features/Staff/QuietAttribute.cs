namespace AmfmSite.Features.Staff;

/// <summary>For what a page asks for by itself, such as a live list: it does not put off the moment at which the desk locks.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class QuietAttribute : Attribute;
