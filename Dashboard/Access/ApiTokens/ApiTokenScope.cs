namespace Dashboard.Access.ApiTokens;

/// <summary>What a machine token may read. None of them writes.</summary>
internal static class ApiTokenScope
{
    public const string Metrics = "metrics";
    public const string Api = "api";
    public const string Hub = "hub";

    public static IReadOnlyList<string> All { get; } = [Metrics, Api, Hub];
}
