using AmfmSite.Features.CallbackRequests;
using FsCheck;
using FsCheck.Fluent;

namespace AmfmSite.UnitTests.Features.CallbackRequests;

/// <summary>Numbers written any way people write them, and texts that are none.</summary>
public sealed class UsPhonePropertyTests
{
    private const int Runs = 3000;

    private static readonly Gen<string> Separator = Gen.Elements("", " ", "-", ".", "/", " - ", "‐", "‑", "–", "\u00a0", "\t");

    /// <summary>Latin, Arabic-Indic, extended Arabic-Indic, Devanagari and full-width digits.</summary>
    private static readonly Gen<int> Zero = Gen.Frequency((8, Gen.Constant((int)'0')), (1, Gen.Elements(0x0660, 0x06F0, 0x0966, 0xFF10)));

    private static readonly Gen<int[]> Number =
        from head in Gen.Choose(2, 9)
        from area in Gen.ArrayOf(Gen.Choose(0, 9), 2)
        from exchange in Gen.Choose(2, 9)
        from rest in Gen.ArrayOf(Gen.Choose(0, 9), 6)
        select new[] { head, area[0], area[1], exchange, rest[0], rest[1], rest[2], rest[3], rest[4], rest[5] };

    private static readonly Gen<int[]> Extension = Gen.Choose(1, 6).SelectMany(length => Gen.ArrayOf(Gen.Choose(0, 9), length));

    private static readonly Gen<(string Typed, string E164)> Written =
        from number in Number
        from zero in Zero
        from country in Gen.Elements("", "1", "+1", "tel:+1", "TEL:1", "+ 1", "(1)")
        from brackets in Gen.Elements(true, false)
        from first in Separator
        from second in Separator
        from third in Separator
        from mark in Gen.Elements("", " x", "x", " X ", " ext ", " ext. ", " Ext: ", ", extension ", " extension ", " #", ";ext=")
        from extension in Extension
        from around in Gen.Elements("", " ", "\t", "\u00a0")
        select (
            around + In(country, zero) + first + (brackets ? "(" : "") + Digits(number[..3], zero) + (brackets ? ")" : "") + second
                + Digits(number[3..6], zero) + third + Digits(number[6..], zero) + (mark.Length > 0 ? mark + Digits(extension, zero) : "") + around,
            "+1" + Digits(number, '0') + (mark.Length > 0 ? ";ext=" + Digits(extension, '0') : ""));

    [Fact]
    public void Parse_ANumberInAnyCommonLayout_IsTheSameNumberAlsoAfterShowingItAndReadingItAgain() =>
        Prop.ForAll(Written.ToArbitrary(), written =>
        {
            Assert.Equal(written.E164, UsPhone.Parse(written.Typed));
            Assert.Equal(written.E164, UsPhone.Parse(written.E164));
            Assert.Equal(written.E164, UsPhone.Parse(UsPhone.Show(written.E164)));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Runs));

    /// <summary>Whatever is typed: no exception, and what is taken is a number that stays itself.</summary>
    [Fact]
    public void Parse_AnyText_NeverThrowsAndTakesOnlyWhatIsANumber()
    {
        var pieces = Gen.OneOf(
            Gen.Elements("", "+", "++1", "tel:", "ext", "ext.", "x", "#", ";ext=", ", extension", "(", ")", "-", "\0", "\r\n", "\ud83d", "\udcde", "📞", "½", "Ⅷ", "²", "𝟜𝟙𝟝", "1", "415", "555", "0123", "٤١٥"),
            Gen.Choose(0, 9).Select(digit => $"{digit}"),
            Gen.Choose(0, 0xFFFF).Select(code => ((char)code).ToString()),
            Number.Select(number => Digits(number, '0')));

        // A right number with one sign exchanged, and anything at all.
        var nearly = from written in Written from at in Gen.Choose(0, written.Typed.Length - 1) from piece in pieces select written.Typed[..at] + piece + written.Typed[(at + 1)..];
        Prop.ForAll(Gen.OneOf(nearly, Gen.ListOf(pieces).Select(string.Concat)).ToArbitrary(), typed =>
        {
            if (UsPhone.Parse(typed) is not { } number) return;
            Assert.Matches("^\\+1[2-9][0-9]{2}[2-9][0-9]{6}(;ext=[0-9]{1,6})?$", number);
            Assert.Equal(number, UsPhone.Parse(number));
            Assert.Equal(number, UsPhone.Parse(UsPhone.Show(number)));
            Assert.True(number.Length <= CallbackRequest.PhoneLength);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Runs * 3));
    }

    private static string Digits(IEnumerable<int> digits, int zero) => string.Concat(digits.Select(digit => (char)(zero + digit)));

    private static string In(string text, int zero) =>
        string.Concat(text.Select(c => char.IsAsciiDigit(c) ? (char)(zero + c - '0') : c));
}
