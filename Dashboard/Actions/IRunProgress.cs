namespace Dashboard.Actions;

/// <summary>Where a running action tells how far it is.</summary>
internal interface IRunProgress
{
    /// <summary>Whose progress it is.</summary>
    Run Run { get; }

    /// <summary>
    /// Asked before each batch. A sentence to stop now, between two batches: who wants it, or that the program ends. Null to go on.
    /// </summary>
    string? Stop { get; }

    /// <summary>The program ends, which is why it has to stop: what can go on by itself afterwards may.</summary>
    bool IsEnding { get; }

    /// <param name="done">How many keys were looked at or acted on so far.</param>
    /// <param name="of">How many there are about; null when that is not known.</param>
    /// <param name="says">E.g. <c>slowed down: the server's answers take twice as long</c>; empty for nothing.</param>
    void Tell(long done, long? of, string says = "");
}
