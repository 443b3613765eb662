using Dashboard.Changes;
using Dashboard.Storage;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Components.Circuits;

/// <summary>A page that shows what the console's store holds. While it is interactive, it reads again once that has changed here.</summary>
public abstract class StorePage : ComponentBase, IDisposable
{
    /// <summary>A burst of changes costs a page one read in so long: the first at once, the rest together.</summary>
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

    /// <summary>Ends when the page is closed.</summary>
    protected CancellationToken Left { get; }

    protected StorePage() => Left = _left.Token;

    protected override void OnInitialized()
    {
        if (RendererInfo.IsInteractive)
        {
            _presence = Services.GetRequiredService<CircuitPresence>();
            _presence.Changed += OnPresence;
            _changes = Changes.Subscribe(GetType().Name, _ => HearAsync(), Shown);
        }
    }

    /// <summary>Reads again, on the page's own thread. What a failing store leaves unread is read at the next change.</summary>
    /// <returns>Whether to draw it.</returns>
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

    /// <summary>Nothing is drawn while the browser is away; once it is back, the page is up to date.</summary>
    private async Task HearAsync()
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

    /// <summary>What goes wrong in it is handed to the page's error boundary, which logs it.</summary>
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
            // Nobody looks any more.
        }
        catch (Exception error) when (error is not ObjectDisposedException)
        {
            await DispatchExceptionAsync(error);
        }
    }
}
