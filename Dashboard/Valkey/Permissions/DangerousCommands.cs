namespace Dashboard.Valkey.Permissions;

/// <summary>
/// The commands that the self-test asks about: those that destroy, stop, reveal or change most. The list is fixed, so that two results can
/// be compared.
/// </summary>
/// <remarks>
/// Key and channel names are examples: a user who may run the command only on other keys still has a grant that is not needed.
/// </remarks>
internal static class DangerousCommands
{
    private const string Key = "dashboard-self-test";

    public static IReadOnlyList<DangerousCommand> All { get; } =
    [
        new(new("FLUSHALL"), "empties every database"),
        new(new("FLUSHDB"), "empties the database"),
        new(new("SWAPDB", null, "0", "1"), "swaps two databases"),
        new(new("DEL", null, Key), "deletes keys"),
        new(new("UNLINK", null, Key), "deletes keys"),
        new(new("EXPIRE", null, Key, "1"), "makes keys expire"),
        new(new("SET", null, Key, "x"), "overwrites keys"),
        new(new("RENAME", null, Key, Key), "replaces one key with another"),
        new(new("MOVE", null, Key, "1"), "moves keys to another database"),
        new(new("RESTORE", null, Key, "0", "x"), "writes keys from a dump"),
        new(new("COPY", null, Key, Key), "overwrites keys"),
        new(new("EVAL", null, "return 1", "0"), "runs any script"),
        new(new("EVALSHA", null, "0000000000000000000000000000000000000000", "0"), "runs scripts that the server stores"),
        new(new("SCRIPT", "LOAD", "return 1"), "stores scripts on the server"),
        new(new("SCRIPT", "FLUSH"), "removes the application's scripts"),
        new(new("SCRIPT", "KILL"), "ends another client's script"),
        new(new("FUNCTION", "LOAD", "x"), "stores code on the server"),
        new(new("GET", null, Key), "reads values"),
        new(new("DUMP", null, Key), "reads values"),
        new(new("SCAN", null, "0"), "lists key names; a token is one"),
        new(new("KEYS", null, "*"), "lists key names and blocks the server"),
        new(new("RANDOMKEY"), "shows a key name"),
        new(new("MONITOR"), "shows every command of every client"),
        new(new("SUBSCRIBE", null, Key), "listens to broadcasts"),
        new(new("PSUBSCRIBE", null, "*"), "listens to every broadcast"),
        new(new("PUBLISH", null, Key, "x"), "sends broadcasts"),
        new(new("CONFIG", "GET", "save"), "reads the server's password"),
        new(new("CONFIG", "SET", "save", ""), "changes the server's settings"),
        new(new("CONFIG", "RESETSTAT"), "wipes the counters"),
        new(new("ACL", "SETUSER", Key), "gives any user any right"),
        new(new("ACL", "GETUSER", Key), "shows password hashes"),
        new(new("ACL", "DELUSER", Key), "signs users out for good"),
        new(new("CLIENT", "KILL", "127.0.0.1:1"), "cuts connections"),
        new(new("CLIENT", "PAUSE", "1"), "stops every client for a while"),
        new(new("SHUTDOWN"), "stops the server"),
        new(new("DEBUG", null, "SLEEP", "0"), "can crash the server"),
        new(new("MODULE", "LOAD", "x"), "loads foreign code into the server"),
        new(new("REPLICAOF", null, "127.0.0.1", "1"), "replaces all data with another server's"),
        new(new("FAILOVER"), "makes another server the primary"),
        new(new("CLUSTER", "RESET"), "takes the server out of its cluster"),
        new(new("MIGRATE", null, "127.0.0.1", "1", Key, "0", "1"), "moves keys to another server"),
        new(new("SAVE"), "blocks the server while it writes its data"),
        new(new("BGSAVE"), "forks the server"),
        new(new("BGREWRITEAOF"), "forks the server"),
        new(new("SLOWLOG", "GET"), "shows arguments of commands; a token is one"),
        new(new("SLOWLOG", "RESET"), "wipes the slow log"),
        new(new("LATENCY", "RESET"), "wipes the latency record"),
    ];
}
