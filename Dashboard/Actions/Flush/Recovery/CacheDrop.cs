namespace Dashboard.Actions.Flush.Recovery;

/// <summary>A time when a cache lost its keys, by a flush or a restart, and how long its hit rate took to come back.</summary>
/// <param name="At">When, to within one reading.</param>
/// <param name="Took">Until the hit rate was near where it had been over the hour before.</param>
/// <param name="IsAtLeast">It took longer than that; later readings were not checked.</param>
internal sealed record CacheDrop(DateTimeOffset At, TimeSpan Took, bool IsAtLeast = false);
