namespace Dashboard.Actions;

/// <summary>Where a scan over keys reports its progress, and learns when to stop.</summary>
internal interface IScanProgress
{
    /// <summary>
    /// Read before each batch: a sentence that says why to stop now (a person wants it, or the program ends); null to continue.
    /// </summary>
    string? Stop { get; }

    /// <param name="done">How many keys were scanned or acted on so far.</param>
    /// <param name="of">About how many there are; null when that is not known.</param>
    /// <param name="says">E.g. <c>slowed down: the server's answers take twice as long</c>; empty for nothing.</param>
    void Report(long done, long? of, string says = "");
}
