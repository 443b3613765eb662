using Dashboard.Valkey;

namespace Dashboard.Alerts.Rules;

/// <summary>A snapshot failed while save points are on, so the server refuses every write with MISCONF, or is about to.</summary>
/// <remarks>
/// Without save points a failed snapshot stops nothing. When the append-only file is what fails, <see cref="AofError"/> reports it.
/// </remarks>
internal sealed class Misconf : IAlertRule
{
    public string Id => "misconf";

    public Finding? Evaluate(RuleContext context)
    {
        var persistence = context.Now?.Persistence;
        var refused = context.RoseInLastMinute("errors_misconf") > 0 || context.Fault?.Kind == FaultKind.Misconf;
        var saveFailed = persistence?.RdbLastSaveOk == false && context.Facts?.Supplementary.Save != "";
        var aofFailed = persistence is { AofEnabled: true, AofLastWriteOk: false };
        if (!saveFailed && (!refused || aofFailed))
        {
            return null;
        }

        var (id, impact) = (context.Instance.Id, context.Instance.Profile.Impact);
        return refused && persistence is { RdbLastSaveOk: true, AofLastWriteOk: not false } && !context.StillRises("errors_misconf")
            ? context.Found(
                Id, Severity.Warning, "could not save",
                $"{id} refused writes with MISCONF in the last minute, none for 10 s: it can save again.", Remedy)
            : refused
            ? context.Found(
                Id, Severity.Critical, "cannot save",
                $"{id} refuses writes with MISCONF: it cannot save to disk. {impact.WhenWritesFail}{impact.WhenDeletesFail}", Remedy)
            : context.Found(Id, Severity.Critical, "cannot save", $"{id}'s last snapshot failed: while save points are on, every write "
                + $"is refused with MISCONF.", Remedy);
    }

    private const string Remedy = "Free space on the server's disk. The guide needs no snapshots here: CONFIG SET save \"\"";
}
