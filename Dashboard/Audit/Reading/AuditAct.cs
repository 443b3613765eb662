using Dashboard.Audit.Chain;

namespace Dashboard.Audit.Reading;

/// <summary>An act as a listing shows it: its last row, which has the result where there is one.</summary>
/// <param name="Begun">When it began, where that is recorded in a row of its own.</param>
public sealed record AuditAct(AuditRow Row, DateTimeOffset? Begun)
{
    /// <summary>Whether it is the same act with the same last row: rows are never changed.</summary>
    public bool Equals(AuditAct? other) => other?.Row.Sequence == Row.Sequence;

    public override int GetHashCode() => Row.Sequence.GetHashCode();
}
