namespace Dashboard.Instances.Purposes;

/// <summary>One number of a card.</summary>
/// <param name="Metric">Its id.</param>
/// <param name="Label">Two or three words; null for the metric's title.</param>
public sealed record KeyFigureProfile(string Metric, FigureSource Source, string? Label = null);
