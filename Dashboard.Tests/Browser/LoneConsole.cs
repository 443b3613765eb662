using Dashboard.Consoles;

namespace Dashboard.Browser;

/// <summary>A console whose only server is always down, for tests of the console itself.</summary>
public sealed class LoneConsole : IAsyncLifetime
{
    internal ConsoleProcess Console { get; private set; } = null!;

    public async ValueTask InitializeAsync() =>
        Console = await ConsoleProcess.StartAsync("Dashboard:Instances:cache:Url=redis://127.0.0.1:1");

    public ValueTask DisposeAsync() => Console.DisposeAsync();
}
