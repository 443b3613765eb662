using Dashboard.Info;
using Dashboard.Valkey;

namespace Dashboard.Actions.Flush.Retention;

/// <summary>What a server shows of one flush, as read in one step.</summary>
public enum RetentionEvidence
{
    /// <summary>The server did not answer, or not to the question.</summary>
    Unreachable,

    /// <summary>Another process answers there, or a replica.</summary>
    OtherServer,

    /// <summary>The token is in the database that was to be flushed: nothing was exchanged.</summary>
    NotSwapped,

    /// <summary>The token is in the spare database.</summary>
    Retained,

    /// <summary>The token is in the spare database and says that keys are being brought back.</summary>
    Restoring,

    /// <summary>The token is in the spare database and says that keys are being deleted.</summary>
    Purging,

    /// <summary>The token is in neither database. It was evicted or erased, or the flush had ended.</summary>
    NoToken,
}
