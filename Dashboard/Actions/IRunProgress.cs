namespace Dashboard.Actions;

/// <summary>Where a running action reports its progress.</summary>
internal interface IRunProgress
{
    /// <summary>The run that is in progress.</summary>
    Run Run { get; }

    /// <summary>
    /// Read before each batch: a sentence that says why to stop now (a person wants it, or the program ends); null to continue.
    /// </summary>
    string? Stop { get; }

    /// <summary>Whether it has to stop because the program ends: then what the next console can continue is left as it is.</summary>
    bool IsEnding { get; }

    /// <param name="done">How many keys were scanned or acted on so far.</param>
    /// <param name="of">About how many there are; null when that is not known.</param>
    /// <param name="says">E.g. <c>slowed down: the server's answers take twice as long</c>; empty for nothing.</param>
    void Report(long done, long? of, string says = "");
}
