using AmfmSite.Storage.Sealing;
using FsCheck;
using FsCheck.Fluent;

namespace AmfmSite.UnitTests.Storage.Sealing;

/// <summary>Any text comes back as it was, and no changed bit is believed.</summary>
public sealed class VaultPropertyTests : IDisposable
{
    private readonly string _keys = Directory.CreateTempSubdirectory("amfmsite-unit-").FullName;
    private readonly Vault _vault;

    public VaultPropertyTests() => _vault = new(new RequestKeyRing(new KeyDirectory(_keys), KeyCertificates.None));

    public void Dispose() => Directory.Delete(_keys, recursive: true);

    /// <summary>Every scalar value of Unicode can come, most often those that programs trip over.</summary>
    private static Gen<string> Texts() =>
        Gen.ListOf(Gen.Frequency(
            (3, Gen.Elements("a", "Ł", "é", "e\u0301", "👩‍👧", "\U0001F9D1\U0001F3FD", "\u202Eabc\u202C", "\u200F", "\u0000", "\r\n", "\uFEFF", "\uFFFD", "\uFFFF", "שלום", "ก็็็็็", "\U0010FFFF", "ﬃ", "İ", "𝒜", "𠮷")),
            (2, Gen.Choose(0, 0x10FFFF).Where(code => code is < 0xD800 or > 0xDFFF).Select(char.ConvertFromUtf32)))).Select(string.Concat);

    [Fact]
    public void Open_AnyText_IsTheTextThatWasSealed() =>
        Prop.ForAll(Texts().ToArbitrary(), text =>
        {
            var opened = _vault.Open(_vault.Seal(SealedField.Name, Guid.NewGuid(), text));
            Assert.Equal((false, text), (opened.IsUnreadable, opened.TextOrNull));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    /// <summary>Half of a character cannot be kept as UTF-8; it becomes the sign for that, and nothing around it suffers.</summary>
    [Fact]
    public void Open_TextWithHalfACharacter_KeepsEverythingElse()
    {
        var halved = from before in Texts() from half in Gen.Choose(0xD800, 0xDFFF) from after in Texts() select (before, half, after);
        Prop.ForAll(halved.ToArbitrary(), text =>
            Assert.Equal(
                $"{text.before} \uFFFD {text.after}",
                _vault.Open(_vault.Seal(SealedField.Name, Guid.NewGuid(), $"{text.before} {(char)text.half} {text.after}")).TextOrNull))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Robin Test")]
    [InlineData("Zoë 👩‍👧 שלום, who writes so much that the text takes more than one step of padding")]
    public void Open_AnyBitFlippedOrAnyByteCutOffOrAdded_CannotBeRead(string text)
    {
        var whole = _vault.Seal(SealedField.Phone, Guid.NewGuid(), text);
        Assert.Equal(text, _vault.Open(whole).TextOrNull);
        for (var bit = 0; bit < whole.Cipher.Length * 8; bit++)
        {
            var cipher = whole.Cipher.ToArray();
            cipher[bit / 8] ^= (byte)(1 << (bit % 8));
            CannotBeRead(cipher, $"bit {bit} was flipped");
        }

        for (var length = 0; length < whole.Cipher.Length; length++)
        {
            CannotBeRead(whole.Cipher[..length], $"cut to {length} bytes");
            CannotBeRead(whole.Cipher[length..].Length < whole.Cipher.Length ? whole.Cipher[length..] : [], $"{length} bytes are missing at the head");
        }

        CannotBeRead([.. whole.Cipher, 0], "a byte came after it");
        CannotBeRead([.. whole.Cipher, .. whole.Cipher], "it stands there twice");

        void CannotBeRead(byte[] cipher, string why)
        {
            var opened = _vault.Open(new Sealed(cipher, whole.Field, whole.Owner));
            Assert.True(opened is { IsUnreadable: true, TextOrNull: null }, why);
            Assert.Equal("Cannot be read", opened.ForDisplay);
        }
    }

    /// <summary>Random bytes, also behind a head that looks like one of ours.</summary>
    [Fact]
    public void Open_BytesThatWereNeverSealed_CannotBeRead()
    {
        var head = _vault.Seal(SealedField.Name, Guid.NewGuid(), "Robin").Cipher[..20];
        var bytes = Gen.Choose(0, 300).SelectMany(length => Gen.ArrayOf(Gen.Choose(0, 255).Select(value => (byte)value), length));
        Prop.ForAll(Gen.Zip(bytes, Gen.Elements(true, false)).ToArbitrary(), made =>
            Assert.True(_vault.Open(new Sealed(made.Item2 ? [.. head, .. made.Item1] : made.Item1, SealedField.Name, Guid.NewGuid())).IsUnreadable))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }
}
