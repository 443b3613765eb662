using System.Diagnostics;
using System.Globalization;

namespace Dashboard.Servers;

/// <summary>The tests leave no process and no folder behind.</summary>
[Trait("Needs", "Server")]
public sealed class ServerProcessTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task DisposeAsync_RunningOrStopped_ProcessAndFolderAreGone(bool stopped)
    {
        var server = await TestServer.StartAsync();
        var (pid, folder) = (server.Pid, server.Folder);
        if (stopped)
        {
            server.Stop();
        }

        await server.DisposeAsync();

        Assert.False(IsRunning(pid));
        Assert.False(Directory.Exists(folder));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task LetGo_AsWhenTheTestProcessDies_ProcessAndFolderAreGone(bool stopped)
    {
        var folder = new TestFolder();
        var process =
            await ServerProcess.StartAsync(
                folder.Path,
                [ServerKind.Program, "--port", FreePort.Next().ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--save",
                    ""]);
        var pid = process.Pid;
        if (stopped)
        {
            process.Stop();
        }

        process.CloseSupervisorPipe();

        await Eventually.Async(() => Task.FromResult(!IsRunning(pid) && !Directory.Exists(folder.Path)));
        await process.DisposeAsync();
    }

    [Fact]
    public async Task StartAsync_BadLine_FailsWithTheServersOutput()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => TestServer.StartAsync("no-such-setting yes"));

        Assert.Contains("no-such-setting", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RestartAsync_DataKeptOrWiped_IsAnotherRunOnTheSamePort()
    {
        await using var server = await TestServer.StartAsync("appendonly yes", "appendfsync always");
        await server.CallAsync("SET", "key", "value");
        var (port, run) = (server.Port, await server.InfoAsync("run_id"));

        await server.RestartAsync();
        var kept = (long)await server.CallAsync("DBSIZE");
        await server.RestartAsync(wipe: true);
        var wiped = (long)await server.CallAsync("DBSIZE");

        Assert.Equal((1L, 0L), (kept, wiped));
        Assert.Equal(port, server.Port);
        Assert.NotEqual(run, await server.InfoAsync("run_id"));
    }

    private static bool IsRunning(int pid) => Process.GetProcesses().Any(process => process.Id == pid && File.Exists($"/proc/{pid}/exe"));
}
