namespace Dashboard.Actions;

/// <summary>What a person sends to have a plan executed.</summary>
/// <param name="Phrase">As typed; compared exactly, except for blanks at its ends.</param>
/// <param name="Reason">Why, for the audit log.</param>
internal sealed record PlanConfirmation(Guid Plan, string Phrase, string Reason);
