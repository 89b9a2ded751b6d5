using System.Text;
using AmfmSite.Web;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace AmfmSite.UnitTests.Web;

/// <summary>A token opens as it was made, for what it was made, or not at all.</summary>
public sealed class TimedTokensPropertyTests
{
    private const string Purpose = "a test";

    private static readonly string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private readonly TimedTokens _tokens = new(new EphemeralDataProtectionProvider(), TimeProvider.System);

    [Fact]
    public void Open_AnyContent_IsWhatWasSealedAndOnlyForItsPurpose() =>
        Prop.ForAll(Gen.Choose(0, 1500).SelectMany(length => Gen.ArrayOf(Gen.Choose(0, 255).Select(value => (byte)value), length)).ToArbitrary(), content =>
        {
            var token = _tokens.Seal(Purpose, content);
            Assert.Equal(content, _tokens.Open(Purpose, token));
            Assert.Null(_tokens.Open("another", token));
            Assert.All(token, letter => Assert.Contains(letter, Letters));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(100));

    /// <summary>Three lengths, so that the last sign of the token carries all its bits, four of them and two.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(16)]
    [InlineData(300)]
    [InlineData(600)]
    public void Open_AnyBitFlippedOrAnythingCutOff_OpensNothing(int length)
    {
        var token = _tokens.Seal(Purpose, new byte[length]);
        var bytes = WebEncoders.Base64UrlDecode(token);
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.True(_tokens.Open(Purpose, WebEncoders.Base64UrlEncode(bytes)) is null, $"bit {bit} was flipped");
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        for (var cut = 0; cut < token.Length; cut++)
        {
            Assert.True(_tokens.Open(Purpose, token[..cut]) is null, $"cut to {cut}");
            Assert.True(_tokens.Open(Purpose, cut == 0 ? "" : token[cut..]) is null, $"{cut} missing at the head");
        }
    }

    /// <summary>Signs as they stand in an address, and ones that never do. The last sign may have bits that mean nothing.</summary>
    [Fact]
    public void Open_AnyOtherSignInTheAddress_OpensNothingButTheSame()
    {
        byte[] content = [1, 2, 3];
        var token = _tokens.Seal(Purpose, content);
        var others = Letters + "+/=%&. \t\n\0é\ud83d٣";
        for (var at = 0; at < token.Length; at++)
        {
            foreach (var other in others.Where(other => other != token[at]))
            {
                var opened = _tokens.Open(Purpose, new StringBuilder(token) { [at] = other }.ToString());
                if (at == token.Length - 1 && opened is not null) Assert.Equal(content, opened);
                else Assert.True(opened is null, $"sign {at} became {(int)other:x}");
            }
        }
    }

    [Fact]
    public void Open_AnyText_OpensNothing() =>
        Prop.ForAll(Gen.ListOf(Gen.Frequency((3, Gen.Elements(Letters.ToCharArray())), (1, Gen.Choose(0, 0xFFFF).Select(code => (char)code)))).ToArbitrary(), text =>
            Assert.Null(_tokens.Open(Purpose, string.Concat(text)))).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
}
