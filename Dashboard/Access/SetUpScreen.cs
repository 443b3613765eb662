namespace Dashboard.Access;

/// <summary>Where the console writes to.</summary>
/// <param name="IsWatched">A person looks at it now; else it is a log, which keeps what it is told.</param>
internal sealed record SetUpScreen(bool IsWatched)
{
    public static SetUpScreen Terminal => new(!Console.IsOutputRedirected);
}
