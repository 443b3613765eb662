namespace Dashboard.Access.ApiTokens;

/// <summary>What a machine token may read. No scope allows writing.</summary>
internal static class ApiTokenScope
{
    public const string Metrics = "metrics";
    public const string Api = "api";
    public const string Hub = "hub";

    public static IReadOnlyList<string> All { get; } = [Metrics, Api, Hub];
}
