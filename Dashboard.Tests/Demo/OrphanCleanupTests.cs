using System.Diagnostics;
using Dashboard.Servers;

namespace Dashboard.Demo;

/// <summary>The processes that the next start ends, and above all those that it does not.</summary>
public sealed class OrphanCleanupTests : IDisposable
{
    private readonly TestFolder _temporary = new();
    private readonly DemoFolder _folder;
    private readonly Process _process = Process.Start(new ProcessStartInfo("sleep", "60"))!;
    private readonly string _id = "cache";

    public OrphanCleanupTests()
    {
        _folder = DemoFolder.TryOpen(_temporary.Path)!;
        _folder.Clear(_id);
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
        _folder.Dispose();
        _temporary.Dispose();
    }

    [Fact]
    public async Task EndAsync_SameProcess_IsEnded()
    {
        var stamp = ProcessStamp.Of(_process.Id)!;
        _folder.Write(_id, OrphanCleanup.StampFile, stamp.ToString());

        await OrphanCleanup.EndAsync(_folder, _id, TimeProvider.System, TestContext.Current.CancellationToken);

        Assert.False(stamp.IsAlive);
    }

    [Theory]
    [InlineData("1", null, "its number was given to another process")]
    [InlineData(null, "another-boot", "the machine started again since")]
    public async Task EndAsync_AnotherProcess_IsLeftAlone(string? startTime, string? boot, string because)
    {
        var stamp = ProcessStamp.Of(_process.Id)!;
        _folder.Write(
            _id, OrphanCleanup.StampFile, (stamp with { StartTime = startTime ?? stamp.StartTime, Boot = boot ?? stamp.Boot }).ToString());

        await OrphanCleanup.EndAsync(_folder, _id, TimeProvider.System, TestContext.Current.CancellationToken);

        Assert.True(stamp.IsAlive, because);
    }

    [Theory]
    [InlineData("")]
    [InlineData("what is this")]
    [InlineData("-1 2 3")]
    [InlineData("99999999999999999999 2 3")]
    public async Task EndAsync_StampIsDamaged_DoesNothing(string text)
    {
        _folder.Write(_id, OrphanCleanup.StampFile, text);

        await OrphanCleanup.EndAsync(_folder, _id, TimeProvider.System, TestContext.Current.CancellationToken);

        Assert.NotNull(ProcessStamp.Of(_process.Id));
    }
}
