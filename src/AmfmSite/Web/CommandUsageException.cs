namespace AmfmSite.Web;

/// <summary>A command was called wrongly; the message says how to call it.</summary>
public sealed class CommandUsageException(string message) : Exception(message);
