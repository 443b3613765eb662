namespace Dashboard.Servers;

/// <summary>Which server the tests run on. The suite holds on both; tests with the trait <c>Server = Any</c>, which never depend on what the server is, run on Valkey alone.</summary>
internal static class ServerKind
{
    private const string Variable = "DASHBOARD_TEST_SERVER";

    /// <summary><c>valkey</c> or <c>redis</c>; Valkey when <c>DASHBOARD_TEST_SERVER</c> does not say.</summary>
    public static string Name { get; } = Environment.GetEnvironmentVariable(Variable) switch
    {
        null or "" or "valkey" => "valkey",
        "redis" => "redis",
        var other => throw new InvalidOperationException($"{Variable} is '{other}': say valkey or redis."),
    };

    public static bool IsValkey => Name == "valkey";

    /// <exception cref="InvalidOperationException">The server is not installed; a missing server fails a test, it never skips one.</exception>
    public static string Program { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, Name + "-server"))
        .FirstOrDefault(File.Exists) ?? throw new InvalidOperationException($"{Name}-server is not installed: run ./test, which installs it.");
}
