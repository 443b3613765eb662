namespace Dashboard.Components.Charts;

/// <summary>How loud a line is beside the other one of its chart; status colours are never lines.</summary>
public enum Tone
{
    /// <summary>The accent of the instance's purpose: what the chart is about.</summary>
    Accent,

    /// <summary>What it is compared with.</summary>
    Muted,

    /// <summary>A limit or other quiet reference.</summary>
    Faint,
}
