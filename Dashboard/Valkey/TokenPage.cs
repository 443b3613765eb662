namespace Dashboard.Valkey;

/// <summary>One page of a scan over tokens, or those of some keys that exist.</summary>
/// <param name="Cursor">Where the next page begins; <see cref="ScanPage.Start"/> after the last.</param>
/// <param name="Skipped">Keys whose names are longer than <see cref="SecretKey.MaxLength"/>.</param>
internal sealed record TokenPage(string Cursor, IReadOnlyList<TokenEntry> Entries, long Skipped);
