using System.Globalization;

namespace Dashboard.Demo;

/// <summary>Identifies a process uniquely: the number alone is reused.</summary>
/// <param name="StartTime">Clock ticks since the machine started, as in <c>/proc/PID/stat</c>.</param>
/// <param name="Boot">The id of the machine's start.</param>
internal sealed record ProcessStamp(int Pid, string StartTime, string Boot)
{
    /// <returns>The process that has this number now, or null when there is none (a zombie counts as none).</returns>
    public static ProcessStamp? Of(int pid)
    {
        try
        {
            // 4711 (valkey-server) S 1 4711 4711 0 -1 4194560 …: the name may hold spaces and parentheses, so count from its end.
            var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat"));
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            const string dead = "Z";
            return fields[0] == dead ? null : new ProcessStamp(pid, fields[19], File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim());
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <returns>The stamp that <see cref="ToString"/> wrote, or null when the text is not a stamp.</returns>
    public static ProcessStamp? Parse(string text) =>
        text.Trim().Split(' ') is [var pid, var start, var boot]
            && int.TryParse(pid, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new ProcessStamp(number, start, boot)
            : null;

    /// <summary>Whether this very process still runs.</summary>
    public bool IsAlive => Of(Pid) == this;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Pid} {StartTime} {Boot}");
}
