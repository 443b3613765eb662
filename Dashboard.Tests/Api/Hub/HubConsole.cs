using Dashboard.Consoles;

namespace Dashboard.Api.Hub;

/// <summary>A console in this process that listens on a port.</summary>
public sealed class HubConsole : IAsyncDisposable
{
    public HubConsole()
    {
        Console.UseKestrel(0);
        Console.StartServer();
        Url = Console.ClientOptions.BaseAddress.GetLeftPart(UriPartial.Authority);
    }

    public string Url { get; }

    internal HostedConsole Console { get; } = new();

    public ValueTask DisposeAsync() => Console.DisposeAsync();
}
