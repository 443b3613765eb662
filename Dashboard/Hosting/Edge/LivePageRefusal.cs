namespace Dashboard.Hosting.Edge;

/// <summary>Which limit stands in the way of one more live page.</summary>
internal enum LivePageRefusal
{
    /// <summary>None: there is room.</summary>
    None,

    /// <summary>The session has as many as one may have.</summary>
    Session,

    /// <summary>The account has as many as one may have.</summary>
    Account,

    /// <summary>All places are taken, or all that accounts may take that only watch.</summary>
    Console,
}
