using System.Runtime.Versioning;
using Dapper;
using Dashboard.Servers;
using Microsoft.Data.Sqlite;

namespace Dashboard.Storage.Sqlite;

public sealed class SqliteFileTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    [SupportedOSPlatform("linux")]
    public void NewFileAndFolder_AreAccessibleToTheirOwnerOnly()
    {
        var file = new SqliteFile(_folder.File("data/history.db"));

        using var connection = file.OpenToWrite();
        connection.Execute("CREATE TABLE t (a)");

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder.File("data")));
        Assert.All(
            Directory.GetFiles(_folder.File("data")),
            path => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path)));
        Assert.Equal(3, Directory.GetFiles(_folder.File("data")).Length);
    }

    [Fact]
    [SupportedOSPlatform("linux")]
    public void FileReadableByAll_IsRestrictedToItsOwner_WithItsLog_AndReported()
    {
        var file = new SqliteFile(_folder.File("console.db"));
        using (file.OpenToWrite())
        {
            Assert.Null(file.Close());
        }

        File.WriteAllText(_folder.File("console.db-wal"), "");
        const UnixFileMode Copied = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        Assert.All(Directory.GetFiles(_folder.Path), path => File.SetUnixFileMode(path, Copied));

        Assert.Equal("644", file.Close());

        Assert.All(
            Directory.GetFiles(_folder.Path),
            path => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path)));
        Assert.Null(file.Close());
    }

    [Fact]
    public void File_IsOpenedForManyReadersAndOneWriter_AndCanGiveSpaceBack()
    {
        using var connection = new SqliteFile(_folder.File("history.db")).OpenToWrite();

        Assert.Equal("wal", connection.QuerySingle<string>("PRAGMA journal_mode"));
        Assert.Equal(1, connection.QuerySingle<int>("PRAGMA synchronous"));
        Assert.Equal(2, connection.QuerySingle<int>("PRAGMA auto_vacuum"));
        Assert.Equal(3000, connection.QuerySingle<int>("PRAGMA busy_timeout"));
    }

    [Fact]
    public void Reader_CannotWrite()
    {
        var file = new SqliteFile(_folder.File("history.db"));
        using var writer = file.OpenToWrite();
        writer.Execute("CREATE TABLE t (a)");

        using var reader = file.OpenToRead();

        Assert.Equal(8, Assert.Throws<SqliteException>(() => reader.Execute("INSERT INTO t VALUES (1)")).SqliteErrorCode);
        file.CloseReaders();
    }

    [Fact]
    public void Bytes_IncludeTheWriteAheadLog()
    {
        var file = new SqliteFile(_folder.File("history.db"));
        Assert.Equal(0, file.Bytes);

        using var connection = file.OpenToWrite();
        connection.Execute("CREATE TABLE t (a)");

        Assert.Equal(Directory.GetFiles(_folder.Path).Sum(path => new FileInfo(path).Length), file.Bytes);
    }
}
