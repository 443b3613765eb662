namespace Dashboard.Valkey;

/// <summary>Names on one page of a walk over the keys of a database.</summary>
/// <param name="Cursor">Where the next page begins; <see cref="ScanPage.Start"/> once the walk is over.</param>
/// <param name="Keys">Cut at 200 bytes; bytes that are no UTF-8 read as U+FFFD.</param>
internal sealed record KeyNamePage(string Cursor, IReadOnlyList<string> Keys);
