using Dashboard.Actions.Scanning;
using Dashboard.Actions.Tokens;
using Dashboard.Fakes;
using Dashboard.Storage;

namespace Dashboard.Actions;

/// <summary>The folder, the replica id and the clocks of a test's console.</summary>
internal sealed record RunnerOptions
{
    /// <summary>The folder of another console, where two share their files.</summary>
    public string? Folder { get; init; }

    public string Replica { get; init; } = "here-1";

    /// <summary>Puts something around the store of the console; null for nothing.</summary>
    public Func<IConsoleStore, IConsoleStore>? Around { get; init; }

    /// <summary>The largest pages of a scan.</summary>
    public int PageSize { get; init; } = ScanBudget.Default.PageSize;

    /// <summary>The clock by which leases of runs end and retained flushes are given up.</summary>
    public TimeProvider Keeping { get; init; } = TimeProvider.System;

    /// <summary>How far the clock of the server is ahead of what it says.</summary>
    public Func<TimeSpan> ServerAhead { get; init; } = () => TimeSpan.Zero;

    /// <summary>What access tokens look like.</summary>
    public TokenSettings Tokens { get; init; } = TokenSettings.Default;

    /// <summary>The clock for waits on servers.</summary>
    public TimeProvider Waiting { get; init; } = new PatientTime();
}
