using Dashboard.Access.Oidc;
using Dashboard.Consoles;

namespace Dashboard.Browser;

/// <summary>A provider, and a console that people sign in to through it, for the tests of one class.</summary>
public sealed class OidcConsole : IAsyncLifetime
{
    internal FakeOidcProvider Provider { get; private set; } = null!;

    internal ConsoleProcess Console { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Provider = await FakeOidcProvider.StartAsync();
        Console = await ConsoleProcess.StartAsync(
            ["Dashboard:Instances:cache:Url=redis://127.0.0.1:1",
                .. Provider.Settings.Select(setting => $"{setting.Item1}={setting.Item2}")]);
    }

    public async ValueTask DisposeAsync()
    {
        await Console.DisposeAsync();
        await Provider.DisposeAsync();
    }
}
