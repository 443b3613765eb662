namespace Dashboard.Scenarios.Flush.Model;

/// <summary>A sentence of the audit log about one flush.</summary>
/// <param name="Result">As in the audit log, e.g. <c>done</c>.</param>
internal sealed record SaidSentence(string Action, Guid Flush, string Replica, string Result, string Sentence)
{
    public override string ToString() => $"{Action} of {Flush} by {Replica}, {Result}: {Sentence}";
}
