namespace Dashboard.Instances.Purposes;

/// <summary>The few numbers that matter for a purpose: one large, four small.</summary>
public sealed record KeyFigureSet(KeyFigureProfile Hero, params IReadOnlyList<KeyFigureProfile> Tiles);
