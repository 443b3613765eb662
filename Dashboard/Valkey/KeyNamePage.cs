namespace Dashboard.Valkey;

/// <summary>The key names on one page of a scan.</summary>
/// <param name="Cursor">Where the next page begins; <see cref="ScanPage.Start"/> once the scan is over.</param>
/// <param name="Keys">Cut at 200 bytes; bytes that are not UTF-8 read as U+FFFD.</param>
internal sealed record KeyNamePage(string Cursor, IReadOnlyList<string> Keys);
