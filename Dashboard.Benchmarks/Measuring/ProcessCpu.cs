using System.Globalization;

namespace Dashboard.Benchmarks.Measuring;

/// <summary>Processor time of a process, as the kernel counts it.</summary>
public static class ProcessCpu
{
    /// <summary>The kernel's unit in /proc (USER_HZ), the same on every Linux that .NET runs on.</summary>
    private const double TicksPerSecond = 100;

    /// <summary>The time of all its threads, user and system, since its start; exact to 10 ms.</summary>
    /// <exception cref="IOException">There is no such process.</exception>
    public static TimeSpan Of(int pid) => Parse(File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat")));

    /// <param name="stat">Content of /proc/PID/stat, e.g. <c>41 (a (b) c) S 1 41 41 0 -1 4194560 90 0 0 0 7 3 0 0 …</c>: utime and stime
    /// are the 14th and 15th fields, and the name in parentheses may hold anything.</param>
    public static TimeSpan Parse(string stat)
    {
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return TimeSpan.FromSeconds((Ticks(fields[11]) + Ticks(fields[12])) / TicksPerSecond);
    }

    private static long Ticks(string field) => long.Parse(field, NumberStyles.None, CultureInfo.InvariantCulture);
}
