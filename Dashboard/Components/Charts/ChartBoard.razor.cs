using Dashboard.Components.Times;
using Dashboard.Instances.Purposes;
using Dashboard.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Dashboard.Components.Charts;

/// <summary>
/// Wraps the charts of a page. After each render it sends the browser what is new in all of them, in one call; while a call is under
/// way nothing more is sent, so a slow browser gets fewer and larger ones.
/// </summary>
public sealed partial class ChartBoard
{
    /// <summary>Characters of what a browser says is wrong: enough for the top of its stack.</summary>
    private const int MaxFault = 500;

    private ElementReference _root;
    private IJSObjectReference? _module;
    private IJSObjectReference? _board;
    private DotNetObjectReference<ChartBoard>? _self;
    private bool _sending;
    private string? _sentZone;

    /// <summary>The charts' data. Another feed, as when the page turns to another instance, replaces all of it.</summary>
    [Parameter, EditorRequired]
    public required BoardFeed Feed { get; set; }

    /// <summary>Whose accent the charts carry; null for the neutral one.</summary>
    [Parameter]
    public Purpose? Purpose { get; set; }

    /// <summary>A person chose a range of time by drag or click. Without a listener charts offer no choosing.</summary>
    [Parameter]
    public EventCallback<ChartRange> OnZoom { get; set; }

    /// <summary>The time zone of the axes.</summary>
    [CascadingParameter]
    public DisplayTimeZone Zone { get; set; } = DisplayTimeZone.Utc;

    /// <summary>The charts, and whatever the page puts between them.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    /// <summary>The browser tells the range chosen, in unix ms. What is not a range of time is ignored.</summary>
    [JSInvokable]
    public Task ZoomedAsync(long from, long to) =>
        ChartRange.Of(from, to) is { } range ? InvokeAsync(() => OnZoom.InvokeAsync(range)) : Task.CompletedTask;

    /// <summary>Lets go of everything in the browser.</summary>
    public async ValueTask DisposeAsync()
    {
        _self?.Dispose();
        try
        {
            if (_board is not null)
            {
                await _board.InvokeVoidAsync("close");
                await _board.DisposeAsync();
            }

            if (_module is not null)
            {
                await _module.DisposeAsync();
            }
        }
        catch (Exception gone) when (gone is JSDisconnectedException or OperationCanceledException or JSException)
        {
            // The page is gone, and its charts with it.
        }
    }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_sending)
        {
            return;
        }

        _sending = true;
        try
        {
            await SendAsync();
        }
        catch (JSException fault)
        {
            Feed.Resend();
            LogFailed(Logger, SafeText.Of(fault.Message, MaxFault));
        }
        catch (Exception gone) when (gone is JSDisconnectedException or OperationCanceledException)
        {
            // The circuit ends, or the browser hangs; if it comes back it needs everything.
            Feed.Resend();
        }
        finally
        {
            _sending = false;
        }
    }

    private async Task SendAsync()
    {
        if (_board is null)
        {
            _module = await Script.InvokeAsync<IJSObjectReference>("import", "./Components/Charts/ChartBoard.razor.js");
            _self = OnZoom.HasDelegate ? DotNetObjectReference.Create(this) : null;
            _board = await _module.InvokeAsync<IJSObjectReference>("open", _root, _self, _sentZone = Zone.Id);
        }

        if (_sentZone != Zone.Id)
        {
            await _board.InvokeVoidAsync("show", _sentZone = Zone.Id);
        }

        while (Feed.Take() is { } news)
        {
            await _board.InvokeVoidAsync("tick", news);
        }
    }

    [LoggerMessage(
        EventId = 1, Level = LogLevel.Warning,
        Message = "The browser could not take the charts' new points; the next tick sends all of them again. It said: {Why}")]
    private static partial void LogFailed(ILogger logger, string why);
}
