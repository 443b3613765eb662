using System.Globalization;

namespace Dashboard.Benchmarks.Measuring;

/// <summary>Memory of a process, as the kernel counts it.</summary>
public static class ProcessMemory
{
    /// <summary>Resident bytes, shared libraries included.</summary>
    /// <exception cref="IOException">There is no such process.</exception>
    public static long Resident(int pid) => Parse(File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/status")));

    /// <param name="status">Content of /proc/PID/status, with a line like <c>VmRSS:	  123456 kB</c>.</param>
    /// <exception cref="FormatException">The line is missing: a process that has ended.</exception>
    public static long Parse(string status)
    {
        var line = status.Split('\n').FirstOrDefault(line => line.StartsWith("VmRSS:", StringComparison.Ordinal))
            ?? throw new FormatException("The process has no memory: it has ended.");
        return long.Parse(line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
    }
}
