namespace Dashboard.Access;

/// <summary>Where to go after signing in: a path of ours, whatever was asked for.</summary>
internal static class ReturnPath
{
    /// <returns>The path with its query, or <c>/</c> for what would lead elsewhere: <c>//evil</c>, <c>/\evil</c>, <c>https:evil</c>,
    /// control characters.</returns>
    public static string Of(string? asked) =>
        asked is ['/', ..] && !asked.StartsWith("//", StringComparison.Ordinal) && !asked.Contains('\\', StringComparison.Ordinal)
            && !asked.Any(char.IsControl) && asked.Length <= 2000
        && !asked.StartsWith("/sign-", StringComparison.Ordinal) && !asked.StartsWith("/set-up", StringComparison.Ordinal)
            ? asked
            : "/";
}
