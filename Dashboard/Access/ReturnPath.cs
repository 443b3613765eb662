namespace Dashboard.Access;

/// <summary>The page to open after signing in: always a path of ours, whatever was requested.</summary>
internal static class ReturnPath
{
    /// <returns>The path with its query; <c>/</c> for what would lead elsewhere: <c>//evil</c>, <c>/\evil</c>, <c>https:evil</c>, control
    /// characters.</returns>
    public static string Of(string? asked) =>
        asked is ['/', ..] && !asked.StartsWith("//", StringComparison.Ordinal) && !asked.Contains('\\', StringComparison.Ordinal)
            && !asked.Any(char.IsControl) && asked.Length <= 2000
        && !asked.StartsWith("/sign-", StringComparison.Ordinal) && !asked.StartsWith("/set-up", StringComparison.Ordinal)
            ? asked
            : "/";
}
