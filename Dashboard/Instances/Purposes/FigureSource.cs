namespace Dashboard.Instances.Purposes;

/// <summary>How a number of a card is read.</summary>
public enum FigureSource
{
    /// <summary>What was last known, even while polls fail.</summary>
    Latest,

    /// <summary>Over the last seconds.</summary>
    Rate,

    /// <summary>Over the page's window, which the label names.</summary>
    Window,

    /// <summary>How often it happened within the page's window, which the label names; any is alarming.</summary>
    Occurrences,

    /// <summary>What was last counted, with the reason when it was not.</summary>
    Counted,

    /// <summary>How the append-only file is doing, in a word, with the metric for its size.</summary>
    AppendOnlyFile,
}
