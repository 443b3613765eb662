using System.Globalization;
using Dashboard.Servers;

namespace Dashboard.Scenarios;

/// <summary>Reads what the watched server sees of the console.</summary>
internal static class Footprint
{
    /// <summary>The number of connections that carry the console's name.</summary>
    public static async Task<string> ConnectionsAsync(TestServer server) =>
        (await LinesAsync(server, "CLIENT", "LIST")).Count(line => line.Contains("name=dashboard-watch-test", StringComparison.Ordinal))
            .ToString(CultureInfo.InvariantCulture);

    /// <summary>Commands and how often each was called since CONFIG RESETSTAT, e.g. <c>info 3</c>, without the test's own.</summary>
    public static async Task<string[]> CommandsAsync(TestServer server, params string[] own) =>
        [.. (await LinesAsync(server, "INFO", "commandstats"))
            .Where(line => line.StartsWith("cmdstat_", StringComparison.Ordinal))
            .Select(line => line["cmdstat_".Length..].Split([":calls=", ","], StringSplitOptions.None))
            .Where(parts => !own.Contains(parts[0]))
            .Select(parts => $"{parts[0]} {parts[1]}")
            .Order(StringComparer.Ordinal)];

    /// <summary>How often the server sent this error since its start, e.g. <c>WRONGPASS</c>.</summary>
    public static async Task<int> ErrorsAsync(TestServer server, string token) =>
        await server.InfoAsync($"errorstat_{token}") is ['c', 'o', 'u', 'n', 't', '=', .. var count]
            ? int.Parse(count, CultureInfo.InvariantCulture)
            : 0;

    public static async Task<string[]> LinesAsync(TestServer server, string command, string argument) =>
        ((string)(await server.CallAsync(command, argument))!).Split(["\r\n", "\n"], StringSplitOptions.RemoveEmptyEntries);
}
