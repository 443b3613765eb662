using Dashboard.Servers;

namespace Dashboard.Demo;

/// <summary>A running demo, shared by all tests that do not harm it.</summary>
public sealed class RunningDemo : IAsyncLifetime
{
    private readonly TestFolder _folder = new();

    internal DemoProcess Process { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Process = await DemoProcess.ReadyAsync(_folder.File("demo"));

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        _folder.Dispose();
    }
}
