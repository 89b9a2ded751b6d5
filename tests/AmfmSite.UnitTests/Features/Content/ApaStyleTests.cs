using AmfmSite.Features.Content;

namespace AmfmSite.UnitTests.Features.Content;

public sealed class ApaStyleTests
{
    [Fact]
    public void Format_JournalArticle_HasItalicContainerAndDoiWithoutFullStop() => Assert.Equal(
        "Masi, C. M., Chen, H.-Y., &amp; Cacioppo, J. T. (2011). A meta-analysis. <i>Review</i>, <i>15</i>(3), 219–266. <a href=\"https://doi.org/10.1177/1\">https://doi.org/10.1177/1</a>",
        new CslReference
        {
            Type = "article-journal",
            Title = "A meta-analysis",
            ContainerTitle = "Review",
            Volume = "15",
            Issue = "3",
            Page = "219-266",
            Doi = "10.1177/1",
            Author = [new("Masi", "Christopher M."), new("Chen", "Hsi-Yuan") { Given = "Hao-Yang" }, new("Cacioppo", "John T.")],
            Issued = new([[2011, 8, 1]]),
        }.ToApa().ToString());

    [Fact]
    public void Format_ArticleNumber_StandsWherePagesWould() => Assert.Contains(
        "<i>7</i>, Article e44756.",
        new CslReference { Type = "article-journal", Title = "T", ContainerTitle = "J", Volume = "7", Number = "e44756", Issued = new([[2023]]) }.ToApa().ToString(),
        StringComparison.Ordinal);

    [Fact]
    public void Format_WebPage_HasFullDateAndItalicTitle() => Assert.Equal(
        "Mayo Clinic. (2023, January 7). <i>Agoraphobia</i>. <a href=\"https://example.org/a\">https://example.org/a</a>",
        new CslReference { Type = "webpage", Title = "Agoraphobia", Author = [new(Literal: "Mayo Clinic")], Publisher = "Mayo Clinic", Issued = new([[2023, 1, 7]]), Url = "https://example.org/a" }.ToApa().ToString());

    [Fact]
    public void Format_TitleWithQuestionMark_GetsNoSecondMark() => Assert.Contains(
        "Does rejection hurt? <i>Science</i>",
        new CslReference { Type = "article-journal", Title = "Does rejection hurt?", ContainerTitle = "Science", Author = [new("E", "N.")], Issued = new([[2003]]) }.ToApa().ToString(),
        StringComparison.Ordinal);

    [Fact]
    public void Format_HostileFields_AreEncoded() => Assert.DoesNotContain(
        "<b>", new CslReference { Type = "webpage", Title = "<b>", Author = [new("<b>", "<b>")], Url = "\"><b>" }.ToApa().ToString(), StringComparison.Ordinal);
}
