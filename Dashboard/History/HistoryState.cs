namespace Dashboard.History;

/// <summary>Whether readings reach the store.</summary>
public enum HistoryState
{
    /// <summary>The store is not open yet.</summary>
    Starting,

    /// <summary>Readings are written.</summary>
    Working,

    /// <summary>Readings cannot be written now and wait in memory; writing is tried again automatically.</summary>
    Waiting,
}
