namespace Dashboard.Access;

/// <summary>Times as console.db keeps them: unix milliseconds.</summary>
internal static class UnixTime
{
    public static DateTimeOffset? Read(long? milliseconds) => milliseconds is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;

    public static long? Write(DateTimeOffset? time) => time?.ToUnixTimeMilliseconds();
}
