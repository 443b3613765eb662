namespace Dashboard.Audit;

/// <summary>What came from one address within a minute.</summary>
/// <param name="Detail">Of the first of them.</param>
internal sealed record AnonymousFailure(string Action, string Detail, long Times);
