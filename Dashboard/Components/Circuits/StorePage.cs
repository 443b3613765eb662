using Dashboard.Changes;
using Dashboard.Storage;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Components.Circuits;

/// <summary>
/// A page that shows what the console's store holds. While it is interactive, it reads again after a change in this process.
/// </summary>
public abstract class StorePage : ComponentBase, IDisposable
{
    /// <summary>The shortest time between two reads: of a burst of changes, the first is read at once, the rest together.</summary>
    private static readonly TimeSpan Spacing = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _left = new();
    private IDisposable? _changes;
    private CircuitPresence? _presence;
    private volatile bool _isStale;

    [Inject]
    internal ChangeFeed Changes { get; set; } = default!;

    [Inject]
    internal TimeProvider Time { get; set; } = default!;

    [Inject]
    internal IServiceProvider Services { get; set; } = default!;

    private protected abstract ChangeKind[] Shown { get; }

    /// <summary>Cancelled when the page is closed.</summary>
    protected CancellationToken Left { get; }

    protected StorePage() => Left = _left.Token;

    protected override void OnInitialized()
    {
        if (RendererInfo.IsInteractive)
        {
            _presence = Services.GetRequiredService<CircuitPresence>();
            _presence.Changed += OnPresence;
            _changes = Changes.Subscribe(GetType().Name, _ => OnChangeAsync(), Shown);
        }
    }

    /// <summary>Reads again, in the page's own context. What a failing store leaves unread is read at the next change.</summary>
    /// <returns>Whether to redraw the page.</returns>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    protected abstract Task<bool> RefreshAsync();

    public void Dispose()
    {
        _changes?.Dispose();
        _presence?.Changed -= OnPresence;
        _left.Cancel();
        _left.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>
    /// Redraws after a change. While the browser is away nothing is drawn; once it is back, the page is brought up to date.
    /// </summary>
    private async Task OnChangeAsync()
    {
        _isStale = true;
        await (_presence!.Connected ? InvokeAsync(RedrawAsync) : Task.CompletedTask);
        await Task.Delay(Spacing, Time, _left.Token);
    }

    private void OnPresence()
    {
        if (_isStale && _presence!.Connected)
        {
            _ = InvokeAsync(RedrawAsync);
        }
    }

    /// <summary>Reads again and redraws. A failure goes to the page's error boundary, which logs it.</summary>
    private async Task RedrawAsync()
    {
        if (Left.IsCancellationRequested)
        {
            return;
        }

        try
        {
            _isStale = false;
            if (await RefreshAsync())
            {
                StateHasChanged();
            }
        }
        catch (StoreException)
        {
            _isStale = true;
        }
        catch (OperationCanceledException) when (Left.IsCancellationRequested)
        {
            // The page was closed.
        }
        catch (Exception error) when (error is not ObjectDisposedException)
        {
            await DispatchExceptionAsync(error);
        }
    }
}
