namespace Dashboard.Alerts.Rules;

/// <summary>A server that must not evict is filling up. A full cache is normal and never a finding here.</summary>
/// <remarks>
/// It warns of what is coming: once writes were refused, <see cref="OutOfMemory"/> reports that. The limits are in the purpose's profile.
/// </remarks>
internal sealed class MemoryHigh : IAlertRule
{
    public string Id => "memory-high";

    public Finding? Evaluate(RuleContext context)
    {
        if (context.Instance.Profile.Memory.Limits is not { } limits
            || context.Now?.Memory.Fill is not { } fill || fill <= limits.Warning || context.RoseInLastMinute("errors_oom") > 0)
        {
            return null;
        }

        var (severity, status) = fill >= 1 ? (Severity.Critical, "full")
            : fill > limits.Critical ? (Severity.Critical, "nearly full")
            : (Severity.Warning, "filling up");
        var when = fill >= 1 ? "It refuses writes" : "When it is full";
        var (id, impact) = (context.Instance.Id, context.Instance.Profile.Impact);
        var sentence = $"{id} uses {100 * fill:0} % of its memory. {when}: {impact.WhenWritesFail}";
        return context.Found(
            Id, severity, status, sentence, "Raise maxmemory, or find what grows: check keys without TTL first, then client buffers.");
    }
}
