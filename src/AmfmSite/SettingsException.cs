namespace AmfmSite;

/// <summary>A setting is missing or wrong. The message is a sentence that says how to mend it; the start stops with it.</summary>
public sealed class SettingsException(string message) : Exception(message);
