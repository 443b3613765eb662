namespace Dashboard.Valkey;

/// <summary>How many keys of one page of a scan do not belong in a cache.</summary>
/// <param name="Cursor">Where the next page begins; <see cref="ScanPage.Start"/> once the scan is over.</param>
/// <param name="Seen">How many keys this page had.</param>
/// <param name="Found">How many of them are foreign, by kind; kinds without a key are missing.</param>
internal sealed record ForeignKeyPage(string Cursor, long Seen, IReadOnlyDictionary<ForeignKind, long> Found);
