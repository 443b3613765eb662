using Dashboard.Instances;

namespace Dashboard.Changes;

/// <summary>Says that something in the console's store changed. It carries no names, reasons or contents: those are in the store.</summary>
/// <param name="Instance">The instance it is about; null for the console itself.</param>
/// <param name="Id">Of the row: a run, an account, the hash of a session, the sequence of an audit row. Null for several of them.</param>
internal readonly record struct Change(ChangeKind Kind, InstanceId? Instance = null, string? Id = null);
