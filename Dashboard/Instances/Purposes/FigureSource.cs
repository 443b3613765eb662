namespace Dashboard.Instances.Purposes;

/// <summary>How a number of a card is read.</summary>
public enum FigureSource
{
    /// <summary>The last known value, even while polls fail.</summary>
    Latest,

    /// <summary>Over the last seconds.</summary>
    Rate,

    /// <summary>Over the page's window, which the label names.</summary>
    Window,

    /// <summary>How often it happened within the page's window, which the label names; more than 0 is alarming.</summary>
    Occurrences,

    /// <summary>The last count, or the reason why it was not counted.</summary>
    Counted,

    /// <summary>The state of the append-only file in a word, with the metric for its size.</summary>
    AppendOnlyFile,
}
