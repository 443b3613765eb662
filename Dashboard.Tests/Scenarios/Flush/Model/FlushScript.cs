namespace Dashboard.Scenarios.Flush.Model;

/// <summary>The scripts of a flush with Undo.</summary>
internal enum FlushScript
{
    /// <summary>Of a request: any of the others. Of a command on a server: a script that is none of them, or none at all.</summary>
    Any,
    Read,
    Begin,
    SwapOut,
    Change,
    End,
    BringBack,
    Purge,
}
