namespace Dashboard.Scenarios.Flush.Model;

/// <summary>What goes wrong, or what others do, at a request of a console or between two operations.</summary>
internal enum Disturbance
{
    /// <summary>The request is lost, and the connection with it.</summary>
    Drop,

    /// <summary>The server runs the request; the answer is lost, and the connection with it.</summary>
    LoseAnswer,

    /// <summary>The connection is lost, and the request arrives later on another one.</summary>
    Delay,

    /// <summary>As <see cref="Delay"/>; the console's deadline passes first.</summary>
    Hang,

    /// <summary>The request arrives, and later once more on another connection.</summary>
    Repeat,

    /// <summary>The server is killed and started again without its keys.</summary>
    Restart,

    /// <summary>The server is killed and started again with its keys.</summary>
    RestartWithKeys,

    /// <summary>The console is killed before the request arrives.</summary>
    ConsoleDies,

    /// <summary>The console is killed after the request arrived.</summary>
    ConsoleDiesAfter,

    /// <summary>The server is a replica for a moment, which changes its replication id.</summary>
    DemoteAndBack,

    /// <summary>The server is a replica until the next operation.</summary>
    Demote,

    /// <summary>The server's clock is set forward.</summary>
    ServerClock,

    /// <summary>The console's wall clock is set forward or back.</summary>
    ConsoleClock,

    /// <summary>Time passes on both sides.</summary>
    TimePasses,

    /// <summary>Other clients write keys of the flushed database.</summary>
    OthersWrite,

    /// <summary>Other clients write keys of the spare database.</summary>
    OthersWriteSpare,

    /// <summary>Keys are evicted from the spare database.</summary>
    Evict,

    /// <summary>The token is evicted.</summary>
    EvictToken,

    /// <summary>Another client erases all keys.</summary>
    FlushAll,

    /// <summary>A client stays connected to the spare database until the next operation.</summary>
    SpareClient,

    /// <summary>The other console of the same store sweeps.</summary>
    OtherSweeps,

    /// <summary>The other console of the same store undoes the flush.</summary>
    OtherUndoes,

    /// <summary>A console of another store flushes.</summary>
    StrangerFlushes,
}
