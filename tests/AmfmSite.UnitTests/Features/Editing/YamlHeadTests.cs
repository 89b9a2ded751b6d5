using AmfmSite.Features.Editing;

namespace AmfmSite.UnitTests.Features.Editing;

/// <summary>One value of a head is replaced where it stands, and nothing else moves.</summary>
public sealed class YamlHeadTests
{
    [Theory]
    [InlineData("title: Old   # why\nkind: x\n", "New", "title: New   # why\nkind: x\n")]
    [InlineData("kind: x\ntitle: \"Old: one\"\n# end\n", "New", "kind: x\ntitle: \"New\"\n# end\n")]
    [InlineData("title: 'Old'\nkind: x\n", "It's", "title: \"It's\"\nkind: x\n")]
    [InlineData("title: Old\nkind: x\n", "Signs: and more", "title: \"Signs: and more\"\nkind: x\n")]
    [InlineData("title: Old\nkind: x\n", "a \"b\" \\ c\n d", "title: a \"b\" \\ c d\nkind: x\n")]
    [InlineData("title: Old\n", "", "title: \"\"\n")]
    [InlineData("title:\nkind: x\n", "New", "title: New\nkind: x\n")]
    [InlineData("title: >\n  Old\n  text\nkind: x\n", "New", "title: \"New\"\nkind: x\n")]
    [InlineData("title: Old\n  goes on\nkind: x\n", "New", "title: New\nkind: x\n")]
    [InlineData("claims:\n  R1:\n    title: inner\ntitle: Old\n", "New", "claims:\n  R1:\n    title: inner\ntitle: New\n")]
    [InlineData("kind: [title, x]\n", "New", "kind: [title, x]\ntitle: New\n")]
    [InlineData("kind: x\n", "", "kind: x\n")]
    [InlineData("kind: [\ntitle: Old\n", "New", "kind: [\ntitle: New\n")]
    [InlineData("", "- no list", "title: \"- no list\"\n")]
    [InlineData("title: Old\n", "yes", "title: \"yes\"\n")]
    [InlineData("title: Old\n", "*no alias", "title: \"*no alias\"\n")]
    public void Write_AValue_ReplacesItWhereItStands(string yaml, string value, string expected)
    {
        var written = YamlHead.Write(yaml, "title", value);
        Assert.Equal(expected, written == expected + "\n" ? written[..^1] : written);
        if (value.Length > 0 && !yaml.Contains('[', StringComparison.Ordinal)) Assert.Equal(string.Join(' ', value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), YamlHead.Read(written, "title"));
    }
}
