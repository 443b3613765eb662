using System.Xml.Linq;
using Dashboard.Configuration;
using Dashboard.Packaging;
using Dashboard.Servers;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dashboard.Hosting.DataProtection;

public sealed class KeyRingFilesTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void StoredKey_IsReadByTheNextProcess_AndByItsOwnerOnly()
    {
        Files().StoreElement(new XElement("key", "one"), "key-one");

        Assert.Equal(["one"], Files().GetAllElements().Select(key => key.Value));
        Assert.Equal("700", FileRights.Of(_folder.File("data/keys")));
        Assert.Equal("700", FileRights.Of(_folder.File("data")));
    }

    [Fact]
    public void ExistingFolder_KeepsItsRights()
    {
        var data = Directory.CreateDirectory(_folder.File("data"));
        var rights = FileRights.Of(data.FullName);

        Files().StoreElement(new XElement("key", "one"), "key-one");

        Assert.Equal(rights, FileRights.Of(data.FullName));
    }

    [Fact]
    public void FolderThatCannotBeCreated_KeepsKeysInMemory()
    {
        File.WriteAllText(_folder.File("data"), "not a folder");
        var files = Files();

        Assert.Empty(files.GetAllElements());
        files.StoreElement(new XElement("key", "one"), "key-one");

        Assert.Equal(["one"], files.GetAllElements().Select(key => key.Value));
    }

    private KeyRingFiles Files() =>
        new(new DataFolder(_folder.File("data")) { AuditHead = "", AuditKey = null }, NullLoggerFactory.Instance);
}
