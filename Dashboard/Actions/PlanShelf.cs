using System.Collections.Concurrent;

namespace Dashboard.Actions;

/// <summary>Plans that were shown and may be confirmed, each by the session that asked for it alone. In memory: after a restart the preview is looked at again.</summary>
internal sealed class PlanShelf(TimeProvider time)
{
    /// <summary>Of one session; the oldest gives way.</summary>
    private const int MostOfASession = 8;

    private readonly ConcurrentDictionary<Guid, (string Session, ActionPlan Plan)> _plans = new();

    public void Put(string session, ActionPlan plan)
    {
        foreach (var (id, _) in _plans.Where(one => one.Value.Plan.IsOldAt(time.GetUtcNow())))
        {
            _plans.TryRemove(id, out _);
        }

        foreach (var (id, _) in _plans.Where(one => one.Value.Session == session).OrderByDescending(one => one.Value.Plan.TakenAt).Skip(MostOfASession - 1))
        {
            _plans.TryRemove(id, out _);
        }

        _plans[plan.Id] = (session, plan);
    }

    /// <summary>Takes it off: a plan is executed once, however often the button is pressed.</summary>
    /// <returns>Null when this session was shown no such plan, or it was taken already.</returns>
    public ActionPlan? Take(string session, Guid id) =>
        _plans.TryGetValue(id, out var found) && found.Session == session && _plans.TryRemove(new(id, found)) ? found.Plan : null;

    /// <summary>Puts back one whose confirmation was refused, so that what was typed can be mended.</summary>
    public void PutBack(string session, ActionPlan plan) => _plans.TryAdd(plan.Id, (session, plan));
}
