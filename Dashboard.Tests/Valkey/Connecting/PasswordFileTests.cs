using System.Text;
using Dashboard.Servers;

namespace Dashboard.Valkey.Connecting;

public sealed class PasswordFileTests : IDisposable
{
    private readonly TestFolder _folder = new();

    private string File => _folder.File("password");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("secret", "secret")]
    [InlineData("secret\n", "secret")]
    [InlineData("secret\n\n", "secret\n")] // only one is removed; the hint names others, which $(cat file) would strip
    [InlineData("secret\r\n", "secret\r")]
    [InlineData(" secret ", " secret ")]
    [InlineData("pass word@:/#", "pass word@:/#")]
    [InlineData("naïve\n", "naïve")]
    public async Task ReadAsync_Content_LosesOneLineFeedOnly(string content, string password)
    {
        var read = await ReadAsync(content);

        Assert.Equal(password, Encoding.UTF8.GetString(read.Value!.Bytes.Span));
    }

    [Theory]
    [InlineData("secret\r\n", "ends in CR LF")]
    [InlineData("secret\r", "ends in CR")]
    [InlineData("secret\n\n", "more than one line feed")]
    [InlineData("secret \n", "ends in a space or tab")]
    [InlineData("secret\t", "ends in a space or tab")]
    [InlineData(" secret\n", "begins with white space")]
    [InlineData("\uFEFFsecret\n", "byte order mark")]
    [InlineData("secret\n", "was last changed 2026-01-02 03:04:05 UTC")]
    public async Task ReadAsync_Content_HintSaysWhatMayBeWrongWithIt(string content, string hint)
    {
        var read = await ReadAsync(content);

        Assert.Contains(hint, read.Value!.RejectionHint, StringComparison.Ordinal);
        Assert.Contains(File, read.Value.RejectionHint, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", read.Value.RejectionHint, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", read.Value.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("\n", "is empty")]
    public async Task ReadAsync_NoPasswordInside_IsAFault(string content, string why) => AssertFault(await ReadAsync(content), why);

    [Fact]
    public async Task ReadAsync_AnotherKindOfFile_IsAFault() =>
        AssertFault(await ReadAsync(new string('x', PasswordFile.MaxLength + 1)), "larger than 4096 bytes");

    [Fact]
    public async Task ReadAsync_NoFile_IsAFault() =>
        AssertFault(await PasswordFile.ReadAsync(File, TestContext.Current.CancellationToken), "does not exist");

    [Fact]
    public async Task ReadAsync_AFolder_IsAFault() =>
        AssertFault(await PasswordFile.ReadAsync(_folder.Make("password"), TestContext.Current.CancellationToken), "is a folder");

    private async Task<Reply<Password>> ReadAsync(string content)
    {
        await System.IO.File.WriteAllTextAsync(File, content, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        System.IO.File.SetLastWriteTimeUtc(File, new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc));
        return await PasswordFile.ReadAsync(File, TestContext.Current.CancellationToken);
    }

    private void AssertFault(Reply<Password> read, string why)
    {
        Assert.Equal(FaultKind.PasswordFile, read.Fault?.Kind);
        Assert.Contains(why, read.Fault!.Detail, StringComparison.Ordinal);
        Assert.Contains(File, read.Fault.Detail, StringComparison.Ordinal);
    }
}
