namespace Dashboard.Storage;

/// <summary>Where the precious things are.</summary>
/// <param name="Database"><c>console.db</c>: accounts, sessions and the audit log.</param>
/// <param name="AuditHead">The head of the audit log in a file of its own. While it is there, <paramref name="Database"/> has existed, and
/// a missing one is never begun anew.</param>
/// <param name="AuditKey">The secret that the audit log's chain is keyed with; null until somebody names one, then it is made beside the
/// database.</param>
internal sealed record ConsoleFiles(string Database, string AuditHead, string? AuditKey = null);
