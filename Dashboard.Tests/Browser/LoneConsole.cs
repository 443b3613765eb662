using Dashboard.Consoles;

namespace Dashboard.Browser;

/// <summary>A console whose one server is never there, for tests that are about the console alone.</summary>
public sealed class LoneConsole : IAsyncLifetime
{
    internal ConsoleProcess Console { get; private set; } = null!;

    public async ValueTask InitializeAsync() =>
        Console = await ConsoleProcess.StartAsync("Dashboard:Instances:cache:Url=redis://127.0.0.1:1");

    public ValueTask DisposeAsync() => Console.DisposeAsync();
}
