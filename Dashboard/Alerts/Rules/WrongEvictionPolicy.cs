namespace Dashboard.Alerts.Rules;

/// <summary>The server's eviction policy is not the one its purpose promises.</summary>
internal sealed class WrongEvictionPolicy : IAlertRule
{
    public string Id => "wrong-eviction-policy";

    public Finding? Evaluate(RuleContext context)
    {
        var (wanted, actual) = (context.Instance.Contract.EvictionPolicy, context.Facts?.Snapshot.Memory.EvictionPolicy);
        if (wanted is null || actual is null || actual == wanted || (wanted == "allkeys-lru" && actual == "allkeys-lfu"))
        {
            return null;
        }

        var harm = context.Instance.Profile.Impact.WhenPolicyIsWrong;
        return context.Found(
            Id, Severity.Critical, "wrong policy",
            $"{context.Instance.Id} runs with maxmemory-policy {actual}; its purpose needs {wanted}. {harm}",
            $"CONFIG SET maxmemory-policy {wanted}, and the same in compose.yaml", standing: true);
    }
}
