using Dashboard.Actions.Execution;
using Dashboard.Audit.Chain;
using Dashboard.Audit.Events;

namespace Dashboard.Scenarios.Flush.Model;

/// <summary>Reads the audit rows of one store that were written since the last time, with the flush that each is about.</summary>
internal sealed class ModelAudit
{
    /// <summary>The flush of an act: a row about a flush itself does not name its run.</summary>
    private readonly Dictionary<string, Guid> _acts = [];

    private readonly HashSet<Guid> _known = [];
    private long _read;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The rows about flushes with an outcome, in order.</summary>
    public async Task<IReadOnlyList<(AuditRow Row, Guid Flush)>> TakeAsync(ModelConsole console)
    {
        var (store, instance) = (console.Program.Runner.Console.Store, console.Program.Runner.Instance.Id);
        var rows = await store.ReadAsync(connection => AuditRows.After(connection, _read).ToList(), Cancel);
        _read = rows is [.., var last] ? last.Sequence : _read;
        var intents = rows.Where(row => row is { Action: "cache.flush", Kind: AuditKind.Intent }).ToList();
        if (intents.Count > 0)
        {
            var runs = await store.ReadAsync(connection => RunTable.Newest(connection, instance, 20), Cancel);
            var begun = runs.Reverse().Where(run => run.Action == "cache.flush" && !_known.Contains(run.Id)).Select(run => run.Id).ToList();
            foreach (var (intent, run) in intents.Zip(begun))
            {
                _known.Add(_acts[intent.Act!] = run);
            }
        }

        return
        [
            .. from row in rows
               where row.Action is "cache.flush" or "cache.flush.undo" or "cache.flush.purge"
                   && row.Kind is not AuditKind.Intent && row.Result != "refused" && row.Detail is not null
               let flush = row.Action == "cache.flush" ? _acts.GetValueOrDefault(row.Act ?? "") : Guid.Parse(row.Subject!)
               where flush != Guid.Empty
               select (row, flush),
        ];
    }
}
