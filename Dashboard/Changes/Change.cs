using Dashboard.Instances;

namespace Dashboard.Changes;

/// <summary>A notice that something in the console's store changed. It has no names, reasons or content: those are in the store.</summary>
/// <param name="Instance">The instance that changed; null for the console itself.</param>
/// <param name="Id">The id of the row: a run, an account, the hash of a session, the sequence of an audit row. Null for several
/// rows.</param>
internal readonly record struct Change(ChangeKind Kind, InstanceId? Instance = null, string? Id = null);
