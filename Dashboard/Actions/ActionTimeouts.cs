namespace Dashboard.Actions;

/// <summary>How long an action waits for a server.</summary>
internal static class ActionTimeouts
{
    /// <summary>For one query, including connecting.</summary>
    public static readonly TimeSpan Query = TimeSpan.FromSeconds(5);
}
