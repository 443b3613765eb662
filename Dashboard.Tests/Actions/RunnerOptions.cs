using Dashboard.Fakes;

namespace Dashboard.Actions;

/// <summary>What a test's console stands in.</summary>
internal sealed record RunnerOptions
{
    /// <summary>Of another console, where two share their files.</summary>
    public string? Folder { get; init; }

    public string Replica { get; init; } = "here-1";

    /// <summary>By which runs are believed to go on, and what flushes keep is given up.</summary>
    public TimeProvider Keeping { get; init; } = TimeProvider.System;

    /// <summary>By which servers are waited for.</summary>
    public TimeProvider Waiting { get; init; } = new PatientTime();
}
