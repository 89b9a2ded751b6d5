namespace AmfmSite.Features.Content;

/// <summary>A member of staff who writes, reviews or publishes.</summary>
/// <param name="Name">The account's name at the time; histories keep it as it was.</param>
public readonly record struct ContentPerson(Guid Id, string Name);
