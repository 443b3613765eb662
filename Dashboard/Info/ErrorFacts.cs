namespace Dashboard.Info;

/// <summary>Error replies by their first token, e.g. <c>errorstat_OOM:count=5214</c>.</summary>
/// <remarks>
/// The server lists only errors it has sent, so an absent one is 0, but only where the section is there and was not switched off by a
/// flood.
/// </remarks>
public sealed record ErrorFacts(InfoReply Info)
{
    private const string Prefix = "errorstat_";

    /// <summary>False when the section is missing, or a flood of error kinds made the server give up counting.</summary>
    public bool Known { get; } = Info.HasSection("Errorstats") && Info.Text(Prefix + "ERRORSTATS_DISABLED") is null
        && Info.Text(Prefix + "ERRORSTATS_OVERFLOW") is null;

    /// <summary>How often this error was sent since the start or CONFIG RESETSTAT; null when unknown.</summary>
    public long? Count(string token) => Info.Text(Prefix + token) switch
    {
        { } line => InfoNumbers.Part(line, "count"),
        null => Known ? 0 : null,
    };
}
