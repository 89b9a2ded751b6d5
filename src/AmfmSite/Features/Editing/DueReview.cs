using AmfmSite.Features.Content;

namespace AmfmSite.Features.Editing;

/// <summary>A page that is to be reviewed, or a crisis line that is to be called.</summary>
/// <param name="On">Null when nobody ever did.</param>
public sealed record DueReview(string Kind, string Key, string Name, DateOnly? On)
{
    public string Path => $"/editing/{Kind}/{Key}";

    public bool IsCrisisLine => Kind == ContentKinds.Crisis;
}
