using Dashboard.Instances;

namespace Dashboard.Actions.Tokens;

/// <summary>
/// What one person searched, and what was found. The keys are secrets: they stay in memory while a page shows the search, and
/// <see cref="IdleLife"/> longer.
/// </summary>
public sealed class TokenSearch : IDisposable
{
    /// <summary>The maximum number of tokens that are kept and shown. All are counted.</summary>
    public const int MaxRows = 1_000;

    /// <summary>Why a plan cannot be made of a search that is gone.</summary>
    public const string Forgotten =
        "What was found is forgotten, because no page showed it for a minute or newer searches replaced it. Search again.";

    /// <summary>How long a search is kept after a page last showed it.</summary>
    public static readonly TimeSpan IdleLife = TimeSpan.FromSeconds(60);

    private readonly CancellationTokenSource _stop = new();
    private volatile TokenSearchState _state = TokenSearchState.Begun;

    internal TokenSearch(Guid id, string session, Instance instance, string runId, TokenFilter filter)
    {
        (Id, Session, Instance, RunId, Filter) = (id, session, instance, runId, filter);
        Stopped = _stop.Token;
    }

    public Guid Id { get; }

    /// <summary>Whose search it is; nobody else sees it.</summary>
    public string Session { get; }

    public Instance Instance { get; }

    /// <summary>The server process that is read.</summary>
    public string RunId { get; }

    internal TokenFilter Filter { get; }

    /// <summary>Whether a person pasted the token: its key was read directly.</summary>
    public bool IsOfPasted { get; init; }

    /// <summary>What is known of a pasted JWT; null where it is none.</summary>
    internal PastedJwt? Jwt { get; init; }

    internal TokenSearchState State => _state;

    /// <summary>The monotonic time at which a page last showed it.</summary>
    public long UsedAt { get; set; }

    /// <summary>Cancelled when the search is stopped or forgotten.</summary>
    public CancellationToken Stopped { get; }

    internal void Show(TokenSearchState state) => _state = state;

    /// <summary>Ends it after the page it is at. What was found stays.</summary>
    public void Stop()
    {
        if (!Stopped.IsCancellationRequested)
        {
            _stop.Cancel();
        }
    }

    public void Dispose()
    {
        Stop();
        _stop.Dispose();
        _state = _state with { Rows = [] };
    }
}
