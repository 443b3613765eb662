using Microsoft.AspNetCore.Components.Server.Circuits;

namespace Dashboard.Components.Circuits;

/// <summary>
/// Knows whether this circuit's browser is there. A circuit whose browser left lives on for minutes; nothing is drawn for it meanwhile.
/// </summary>
internal sealed class CircuitPresence : CircuitHandler
{
    public bool Connected { get; private set; } = true;

    /// <summary>Raised when the browser came or went.</summary>
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
