using System.Globalization;
using System.Runtime.InteropServices;

namespace Dashboard.Benchmarks.Report;

/// <summary>Describes the machine of the measurement: without it the numbers mean little.</summary>
internal static class Machine
{
    public static string Describe() => string.Join('\n',
        $"machine   {Cpu()}, {Environment.ProcessorCount} cores, {Memory()}, load {Load()}",
        $"system    {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}",
        $"servers   {Version("valkey-server", "v=", "--version")}, {Version("redis-server", "v=", "--version")}",
        $"peer      {Version("prometheus-redis-exporter", "Exporter ", "--version")}",
        $"browser   {Version("chromium", "Chromium ", "--version")}",
        "");

    private static string Cpu() =>
        Line("/proc/cpuinfo", "model name") is { } line
            ? line[(line.IndexOf(':') + 1)..].Trim()
            : RuntimeInformation.ProcessArchitecture.ToString();

    private static string Memory()
    {
        var kilobytes = Line("/proc/meminfo", "MemTotal")?.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
        return kilobytes is null
            ? "memory unknown"
            : string.Create(CultureInfo.InvariantCulture, $"{long.Parse(kilobytes, CultureInfo.InvariantCulture) / 1048576.0:0.#} GiB");
    }

    /// <summary>The load of the last minute: above the number of cores, other programs run too, and what is measured is rougher.</summary>
    private static string Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    private static string? Line(string file, string start) =>
        File.Exists(file) ? File.ReadLines(file).FirstOrDefault(line => line.StartsWith(start, StringComparison.Ordinal)) : null;

    private static string Version(string program, string before, string argument)
    {
        var said = Command.Output(program, argument);
        var start = said?.IndexOf(before, StringComparison.Ordinal) ?? -1;
        return start < 0 ? $"{program}: not found" : $"{program} {said![(start + before.Length)..].Split(' ', '\n')[0]}";
    }
}
