using Microsoft.AspNetCore.Components.Server.Circuits;

namespace Dashboard.Components.Circuits;

/// <summary>
/// Knows whether this circuit's browser is connected. A circuit stays for minutes after its browser left; nothing is drawn for it in that
/// time.
/// </summary>
internal sealed class CircuitPresence : CircuitHandler
{
    public bool Connected { get; private set; } = true;

    /// <summary>Raised when the browser connected or disconnected.</summary>
    public event Action? Changed;

    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken) => Set(true);

    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken) => Set(false);

    private Task Set(bool connected)
    {
        Connected = connected;
        Changed?.Invoke();
        return Task.CompletedTask;
    }
}
