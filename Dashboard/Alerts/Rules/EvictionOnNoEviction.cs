namespace Dashboard.Alerts.Rules;

/// <summary>A server that promised never to evict has evicted keys: tokens or live state were lost.</summary>
/// <remarks>Stands until the policy is noeviction again; then the server cannot evict any more.</remarks>
internal sealed class EvictionOnNoEviction : IAlertRule
{
    public string Id => "eviction-on-noeviction";

    public Finding? Evaluate(RuleContext context)
    {
        if (context.Instance.Contract.EvictionPolicy != "noeviction" || context.Facts?.Snapshot is not { Stats.Evicted: > 0 } facts
            || facts.Memory.EvictionPolicy == "noeviction")
        {
            return null;
        }

        return context.Found(
            Id, Severity.Critical, "losing keys",
            $"{context.Instance.Id} has evicted {facts.Stats.Evicted:N0} keys although it must never evict: users are signed out or live "
                + $"state is lost at random.", "CONFIG SET maxmemory-policy noeviction, and raise maxmemory if it is full", standing: true);
    }
}
