namespace Dashboard.Valkey;

/// <summary>One page of a scan over the keys of a database.</summary>
/// <param name="Cursor">Where the next page begins; <see cref="Start"/> once the scan is over. Opaque, and valid for this server
/// only.</param>
/// <param name="Seen">How many keys this page had; 0 is normal.</param>
/// <param name="Done">How many of these keys the step acted on.</param>
/// <param name="Left">How many keys the step left: their names are <see cref="ForeignNames"/> (these are in <paramref name="Seen"/>), or
/// another client used them in a spare database (these are not).</param>
internal readonly record struct ScanPage(string Cursor, long Seen, long Done, long Left = 0)
{
    public const string Start = "0";

    /// <summary>How long the server took, where that is not how long the page took: it was read ahead, or acted on elsewhere.</summary>
    public TimeSpan? RoundTrip { get; init; }

    public bool IsLast => Cursor == Start;
}
