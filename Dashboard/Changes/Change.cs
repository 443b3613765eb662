using Dashboard.Instances;

namespace Dashboard.Changes;

/// <summary>Says that something in the console's store changed. It carries no names, reasons or contents: whoever is told reads the store.</summary>
/// <param name="Instance">The instance it is about; null for the console itself.</param>
/// <param name="Id">Of the row: a run, an account, the hash of a session, the sequence of an audit row. Null for several, or where it does not matter.</param>
internal readonly record struct Change(ChangeKind Kind, InstanceId? Instance = null, string? Id = null);
