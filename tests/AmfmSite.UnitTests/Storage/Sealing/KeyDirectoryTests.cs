using System.Xml.Linq;
using AmfmSite.Storage.Sealing;

namespace AmfmSite.UnitTests.Storage.Sealing;

public sealed class KeyDirectoryTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("amfmsite-unit-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void StoreElement_ThatCannotBeWritten_ThrowsAndLeavesNothingBehind()
    {
        // What stands in the way is a directory of the key's name.
        Directory.CreateDirectory(Path.Combine(_directory, "key-heron.xml"));
        var keys = new KeyDirectory(_directory);
        Assert.ThrowsAny<Exception>(() => keys.StoreElement(new XElement("key"), "key-heron"));
        Assert.Empty(Directory.EnumerateFiles(_directory));
        keys.StoreElement(new XElement("key"), "key-wren");
        Assert.Equal(["key-wren.xml"], Directory.EnumerateFiles(_directory).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("a/b")]
    public void StoreElement_NameThatIsAPath_StaysInTheDirectory(string name)
    {
        new KeyDirectory(_directory).StoreElement(new XElement("key"), name);
        Assert.Single(Directory.EnumerateFiles(_directory, "*.xml"));
    }
}
