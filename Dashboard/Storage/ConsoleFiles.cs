namespace Dashboard.Storage;

/// <summary>The paths of the files that hold the console's own data.</summary>
/// <param name="Database"><c>console.db</c>: accounts, sessions and the audit log.</param>
/// <param name="AuditHead">The head of the audit log in a file of its own. If it exists, <paramref name="Database"/> existed too, and a
/// missing database is never created again.</param>
/// <param name="AuditKey">The key of the audit log's chain; null where the settings name none: it is then made beside the database.</param>
internal sealed record ConsoleFiles(string Database, string AuditHead, string? AuditKey = null);
