namespace Dashboard.Alerts.Rules;

/// <summary>The server persists although its purpose forbids it, or does not although its purpose requires it.</summary>
internal sealed class Persistence : IAlertRule
{
    public string Id => "persistence";

    public Finding? Evaluate(RuleContext context)
    {
        if (context.Facts is not { } facts || context.Instance.Contract.Persists is not { } wanted)
        {
            return null;
        }

        var (id, aof, save) = (context.Instance.Id, facts.Snapshot.Persistence.AofEnabled, facts.Supplementary.Save);
        return wanted && aof == false
                ? context.Found(
                    Id, Severity.Critical, "not persisted",
                    $"{id} keeps no append-only file: {context.Instance.Profile.Impact.WhenNotPersisted}.",
                    "CONFIG SET appendonly yes, and --appendonly yes in compose.yaml", standing: true)
            : !wanted && aof == true
                ? context.Found(Id, Severity.Warning, "persists", $"{id} writes an append-only file, which its purpose does not need: it "
                    + $"slows writes, and a full disk stops them.", "CONFIG SET appendonly no, and the same in compose.yaml",
                        standing: true)
            : save is { Length: > 0 }
                ? context.Found(Id, Severity.Warning, "saves snapshots", $"{id} takes RDB snapshots (save {save}): one that fails makes "
                    + $"every write fail with MISCONF.", "CONFIG SET save \"\", and --save \"\" in compose.yaml", standing: true)
            : null;
    }
}
