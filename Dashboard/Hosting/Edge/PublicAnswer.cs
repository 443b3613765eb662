namespace Dashboard.Hosting.Edge;

/// <summary>
/// Marks an endpoint whose answer is the same for everyone and holds nothing about anyone: it says itself how long it is kept.
/// </summary>
internal sealed class PublicAnswer;
