namespace Dashboard.Actions.Flush.Retention;

/// <summary>Where what was flushed softly is in its life.</summary>
public enum SwapState
{
    /// <summary>It is about to be put aside; whether it was is not known yet.</summary>
    Begun,

    /// <summary>Put aside: Undo brings it back.</summary>
    Kept,

    /// <summary>On its way back.</summary>
    Returning,

    /// <summary>Being given up.</summary>
    Purging,

    /// <summary>Brought back, given up, or lost.</summary>
    Over,
}
