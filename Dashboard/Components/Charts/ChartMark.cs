namespace Dashboard.Components.Charts;

/// <summary>
/// Words at a time (unix ms): a restart, an action. With an end it is a stretch instead, such as a gap, and the words are its reason.
/// </summary>
public sealed record ChartMark(long Time, string Text, long? Until = null);
