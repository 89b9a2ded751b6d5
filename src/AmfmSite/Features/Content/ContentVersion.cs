namespace AmfmSite.Features.Content;

/// <summary>One row whose number grows with every change of what is published; every instance polls it.</summary>
public sealed class ContentVersion
{
    public const int TheOnlyId = 1;

    public int Id { get; private set; } = TheOnlyId;
    public long Number { get; private set; }

    public void Advance() => Number++;
}
