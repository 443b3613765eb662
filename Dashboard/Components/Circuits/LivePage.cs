using Dashboard.Monitoring;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Components.Circuits;

/// <summary>A page that follows the fleet: while it is interactive, it redraws at each beat. It passes the facts to its parts.</summary>
public abstract class LivePage : ComponentBase, IDisposable
{
    [Inject]
    internal Fleet Fleet { get; set; } = default!;

    [Inject]
    internal TimeProvider Time { get; set; } = default!;

    [Inject]
    internal IServiceProvider Services { get; set; } = default!;

    private FleetTicker? _ticker;

    /// <summary>The fleet as of the last beat: one consistent snapshot for everything on the page.</summary>
    internal FleetSnapshot Picture { get; private set; } = default!;

    protected override void OnInitialized()
    {
        Picture = FleetSnapshot.Of(Fleet.States);
        if (RendererInfo.IsInteractive)
        {
            _ticker = Services.GetRequiredService<FleetTicker>();
            _ticker.Beat += OnBeat;
        }
    }

    /// <summary>Runs in the page's own context before it redraws.</summary>
    protected virtual Task BeatAsync() => Task.CompletedTask;

    /// <summary>Whether the beat changes what is drawn. A part that mostly draws nothing spares its page half of the traffic.</summary>
    protected virtual bool HasNews() => true;

    /// <summary>Asks for a beat soon: something else on the page changed.</summary>
    protected void AskBeat() => _ticker?.Ask();

    /// <summary>Called when the page was left.</summary>
    protected virtual void OnDisposed()
    {
    }

    public void Dispose()
    {
        _ticker?.Beat -= OnBeat;
        OnDisposed();
        GC.SuppressFinalize(this);
    }

    private void OnBeat() => _ = InvokeAsync(RedrawAsync);

    /// <summary>Redraws. A beat is not awaited: a failure goes to the page's error boundary, which logs it.</summary>
    private async Task RedrawAsync()
    {
        try
        {
            Picture = FleetSnapshot.Of(Fleet.States);
            await BeatAsync();
            if (HasNews())
            {
                StateHasChanged();
            }
        }
        catch (Exception error) when (error is not ObjectDisposedException)
        {
            await DispatchExceptionAsync(error);
        }
    }
}
