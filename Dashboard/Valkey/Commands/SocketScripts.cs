namespace Dashboard.Valkey.Commands;

/// <summary>The script that cuts live sockets.</summary>
internal static class SocketScripts
{
    /// <summary>Sends one message to each channel, and returns how many connections each reached.</summary>
    /// <remarks>
    /// Arguments: the message, the channels. PUBLISH changes no data and is not in the append-only file; a primary passes it on to its
    /// replicas. A replica's own PUBLISH reaches its own subscribers alone, so the check of the role comes first.
    /// </remarks>
    public const string Disconnect = LuaScripts.CommonChecks + """

        local reached = {}
        for place = 4, #ARGV - 1 do reached[#reached + 1] = redis.call('PUBLISH', ARGV[place], ARGV[3]) end
        return done(reached)
        """;
}
