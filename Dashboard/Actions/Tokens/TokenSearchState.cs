namespace Dashboard.Actions.Tokens;

/// <summary>How far a search is. Replaced as a whole.</summary>
/// <param name="Rows">The first tokens that were found, at most <see cref="TokenSearch.MaxRows"/>.</param>
/// <param name="Found">How many were found, beyond the rows as well.</param>
internal sealed record TokenSearchState(IReadOnlyList<FoundToken> Rows, long Found)
{
    public static readonly TokenSearchState Begun = new([], 0);

    public bool IsOver { get; init; }

    /// <summary>Why it ended before it covered all keys, as a sentence; null when it did, and while it runs.</summary>
    public string? Abort { get; init; }

    /// <summary>The part that was scanned, 0 to 1.</summary>
    public double Fraction { get; init; }

    /// <summary>E.g. that it was slowed down; empty for nothing.</summary>
    public string Says { get; init; } = "";

    /// <summary>Keys of the declared kinds that were read.</summary>
    public long Seen { get; init; }

    /// <summary>Values of another form than the declared one, by form.</summary>
    public IReadOnlyList<(string Form, long Count)> Unread { get; init; } = [];

    public long Skipped { get; init; }

    public long OfUnknownAge { get; init; }

    /// <summary>Digests among the rows that the console revoked before.</summary>
    public IReadOnlySet<string> RevokedBefore { get; init; } = new HashSet<string>();

    /// <summary>When the server was read.</summary>
    public DateTimeOffset ReadAt { get; init; }
}
