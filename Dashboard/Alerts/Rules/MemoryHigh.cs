using Dashboard.Instances.Purposes;

namespace Dashboard.Alerts.Rules;

/// <summary>A server that must not evict fills up. A full cache is normal and never found here.</summary>
/// <remarks>It tells what is coming: once writes were refused, <see cref="OutOfMemory"/> says that. Warning above 80 % of maxmemory (cable 70 %), critical above 90 % (cable 85 %).</remarks>
internal sealed class MemoryHigh : IAlertRule
{
    public string Id => "memory-high";

    public Finding? Evaluate(RuleContext context)
    {
        var (warning, critical) = context.Instance.Purpose switch
        {
            Purpose.Session => (0.80, 0.90),
            Purpose.Cable => (0.70, 0.85),
            _ => (double.MaxValue, double.MaxValue),
        };
        if (context.Now?.Memory.Fill is not { } fill || fill <= warning || context.RoseInLastMinute("errors_oom") > 0)
        {
            return null;
        }

        var (severity, status) = fill >= 1 ? (Severity.Critical, "full") : fill > critical ? (Severity.Critical, "nearly full") : (Severity.Warning, "filling up");
        var when = fill >= 1 ? "It refuses writes" : "When it is full";
        return context.Found(Id, severity, status, $"{context.Instance.Id} uses {100 * fill:0} % of its memory. {when}: {UserImpact.WhenWritesFail(context.Instance.Purpose)}", "Raise maxmemory, or find what grows: keys without TTL, then clients' buffers.");
    }
}
