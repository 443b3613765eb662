namespace Dashboard.Hosting.Edge;

/// <summary>The limit that refuses one more live page.</summary>
internal enum LivePageRefusal
{
    /// <summary>No limit: there is room.</summary>
    None,

    /// <summary>The session has as many pages as one may have.</summary>
    Session,

    /// <summary>The account has as many pages as one may have.</summary>
    Account,

    /// <summary>The console has as many pages as it may have, or accounts that only watch have as many as they may have.</summary>
    Console,
}
