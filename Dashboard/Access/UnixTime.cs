namespace Dashboard.Access;

/// <summary>Converts times to and from the form in console.db: Unix milliseconds.</summary>
internal static class UnixTime
{
    public static DateTimeOffset? Read(long? milliseconds) => milliseconds is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;

    public static long? Write(DateTimeOffset? time) => time?.ToUnixTimeMilliseconds();
}
