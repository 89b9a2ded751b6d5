using AmfmSite.Features.CallbackRequests;

namespace AmfmSite.UnitTests.Features.CallbackRequests;

public sealed class ReferenceTests
{
    [Theory]
    [InlineData("7K3Q-9WDP")]
    [InlineData("7k3q9wdp")]
    [InlineData(" 7K3Q 9WDP ")]
    public void Read_AsPeopleType_IsUnderstood(string typed) => Assert.Equal("7K3Q9WDP", Reference.Read(typed));

    [Fact]
    public void Read_LookAlikes_AreTakenForWhatWasMeant() => Assert.Equal("01101234", Reference.Read("oilO-1234"));

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("7K3Q-9WD")]
    [InlineData("7K3Q-9WDPX")]
    [InlineData("7K3U-9WDP")]
    [InlineData("<script>")]
    public void Read_NoReference_IsNull(string? typed) => Assert.Null(Reference.Read(typed));

    [Fact]
    public void New_Shown_ReadsBack()
    {
        for (var i = 0; i < 200; i++)
        {
            var reference = Reference.New();
            Assert.Equal(reference, Reference.Read(Reference.Show(reference)));
        }
    }
}
