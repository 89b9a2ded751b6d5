using AmfmSite.Features.CallbackRequests;

namespace AmfmSite.UnitTests.Features.CallbackRequests;

public sealed class UsPhoneTests
{
    [Theory]
    [InlineData("415-555-0123", "+14155550123")]
    [InlineData("(415) 555-0123", "+14155550123")]
    [InlineData("415.555.0123", "+14155550123")]
    [InlineData("4155550123", "+14155550123")]
    [InlineData("1 415 555 0123", "+14155550123")]
    [InlineData("+1-415-555-0123", "+14155550123")]
    [InlineData("1/415/555/0123", "+14155550123")]
    [InlineData(" 415\u00a0555\u20110123 ", "+14155550123")]
    [InlineData("tel:+14155550123", "+14155550123")]
    [InlineData("415-555-0123 x12", "+14155550123;ext=12")]
    [InlineData("415-555-0123, extension 7", "+14155550123;ext=7")]
    [InlineData("415-555-0123 ext. 7", "+14155550123;ext=7")]
    [InlineData("+14155550123;ext=12", "+14155550123;ext=12")]
    [InlineData("٤١٥٥٥٥٠١٢٣", "+14155550123")]
    public void Parse_CommonFormat_IsUnderstood(string typed, string e164)
    {
        Assert.Equal(e164, UsPhone.Parse(typed));
        Assert.Equal(e164, UsPhone.Parse(UsPhone.Parse(typed)));
        Assert.Equal(e164, UsPhone.Parse(UsPhone.Show(e164)));
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("555-0123")]
    [InlineData("415-555-012")]
    [InlineData("415-555-01234")]
    [InlineData("115-555-0123")]
    [InlineData("415-155-0123")]
    [InlineData("+44 20 7946 0123")]
    [InlineData("call me")]
    [InlineData("415-555-0123 x")]
    [InlineData("415-555-0123 x1234567")]
    [InlineData("415-555-0123\r\nBcc: x@example.org")]
    public void Parse_NoUsNumber_IsRefused(string? typed) => Assert.Null(UsPhone.Parse(typed));
}
