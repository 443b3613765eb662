namespace Dashboard.Actions;

/// <summary>One of the few numbers that a preview shows first.</summary>
/// <param name="Number">With its unit, e.g. <c>4 121 keys</c>.</param>
/// <param name="Words">What of it, to follow the number, without a full stop.</param>
public sealed record PlanFigure(string Number, string Words);
