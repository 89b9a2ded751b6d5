using AmfmSite.Features.Content;

namespace AmfmSite.UnitTests.Features.Content;

public sealed class ReferenceIdentityTests
{
    private static readonly CslReference Article = new() { Title = "The heron’s patience: A review", Doi = "10.5555/ABC", Issued = new([[2021]]) };
    private static readonly CslReference Site = new() { Title = "Über Vögel", Url = "https://www.Example.org/birds/?a=1", Issued = new([[2020, 5]]) };

    public static TheoryData<string, CslReference, CslReference, SameBy?> Pairs => new()
    {
        { "doi in other letters", Article, new() { Title = "Another", Doi = "10.5555/abc" }, SameBy.Doi },
        { "doi with its address", Article, new() { Title = "Another", Doi = "HTTPS://DOI.ORG/10.5555/abc" }, SameBy.Doi },
        { "doi as address", Article, new() { Title = "Another", Url = "http://dx.doi.org/10.5555/abc" }, SameBy.Doi },
        { "two dois, one title", Article, Article with { Doi = "10.5555/preprint" }, null },
        { "title without doi", Article, new() { Title = "THE HERON'S PATIENCE — a review.", Issued = new([[2021, 4, 1]]) }, SameBy.TitleAndYear },
        { "title in another year", Article, new() { Title = Article.Title, Issued = new([[2022]]) }, null },
        { "title without years", new() { Title = "Birds" }, new() { Title = "Birds" }, null },
        { "address", Site, new() { Title = "Another", Url = "http://example.org/birds/?a=1#top" }, SameBy.Address },
        { "address with another path", Site, new() { Title = "Another", Url = "https://example.org/Birds/?a=1" }, null },
        { "accents", Site, new() { Title = "Uber Vogel", Issued = new([[2020]]) }, SameBy.TitleAndYear },
        { "titles without letters", new() { Title = "?!", Issued = new([[2020]]) }, new() { Title = "…", Issued = new([[2020]]) }, null },
        { "nothing", new(), new(), null },
        { "a doi that is none", new() { Doi = "x" }, new() { Doi = "x" }, SameBy.Address },
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public void SameAs_OfTwoReferences_SaysByWhatBothWays(string pair, CslReference one, CslReference other, SameBy? by)
    {
        Assert.True(by == new ReferenceIdentity(one).SameAs(new(other)) && by == new ReferenceIdentity(other).SameAs(new(one)), pair);
    }
}
