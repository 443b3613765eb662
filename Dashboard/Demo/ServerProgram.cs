namespace Dashboard.Demo;

/// <summary>Finds a server program on this machine.</summary>
internal static class ServerProgram
{
    /// <returns>The full path of valkey-server, otherwise of redis-server, otherwise null.</returns>
    public static string? Find() => Find("valkey-server") ?? Find("redis-server");

    /// <returns>The first executable of that name in PATH, or null.</returns>
    public static string? Find(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, name))
        .FirstOrDefault(File.Exists);

    /// <returns>The full path of the command line client that comes with a server.</returns>
    public static string ClientOf(string server) =>
        Path.Combine(Path.GetDirectoryName(server) ?? "", Path.GetFileName(server).Replace("-server", "-cli", StringComparison.Ordinal));
}
