namespace Dashboard.Actions.Flush.Retention;

/// <summary>What is to be done next about a flush whose run or console is gone, or whose time is over.</summary>
public enum RetentionStep
{
    /// <summary>Nothing now; it is read again later.</summary>
    Wait,

    /// <summary>Remove the token from its first database, which proves that the flush was not done, and close.</summary>
    Withdraw,

    /// <summary>Close: nothing was exchanged, because the exchange was never sent.</summary>
    CloseNotDone,

    /// <summary>Record that the content is retained, and offer Undo.</summary>
    Retain,

    /// <summary>Continue the Undo.</summary>
    Restore,

    /// <summary>Check the names of what is retained, before it may be deleted.</summary>
    Check,

    /// <summary>Retain it until a person decides: keys that do not belong in a cache are among it.</summary>
    Hold,

    /// <summary>Delete what is retained.</summary>
    Purge,

    /// <summary>Close: what became of it cannot be known, so nothing is moved or deleted.</summary>
    CloseUnknown,
}
