namespace Dashboard.Actions.Planning;

/// <summary>
/// Plans that were shown and may be confirmed, each only by the session that asked for it. Kept in memory: after a restart the preview is
/// made again.
/// </summary>
internal sealed class PendingPlans(TimeProvider time)
{
    /// <summary>The maximum number of plans of one session; the oldest is dropped.</summary>
    public const int MaxPlansPerSession = 8;

    /// <summary>The maximum number of plans of all sessions; the oldest is dropped.</summary>
    public const int MaxPlans = 500;

    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, (string Session, ActionPlan Plan)> _plans = [];

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _plans.Count;
            }
        }
    }

    public void Put(string session, ActionPlan plan)
    {
        lock (_gate)
        {
            MakeRoom(session);
            _plans[plan.Id] = (session, plan);
        }
    }

    /// <summary>Removes and returns a plan, so that it is executed once, however often the button is pressed.</summary>
    /// <returns>Null when this session was shown no such plan, or it was taken already.</returns>
    public ActionPlan? Take(string session, Guid id)
    {
        lock (_gate)
        {
            return _plans.TryGetValue(id, out var found) && found.Session == session && _plans.Remove(id) ? found.Plan : null;
        }
    }

    /// <summary>Puts back a plan whose confirmation was refused, so that a person can fix what they typed.</summary>
    public void PutBack(string session, ActionPlan plan) => Put(session, plan);

    /// <summary>Drops plans that are too old: a plan may hold what is secret.</summary>
    public void Sweep()
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            Remove(_plans.Values.Where(one => one.Plan.IsOldAt(now)));
        }
    }

    private void MakeRoom(string session)
    {
        var now = time.GetUtcNow();
        Remove(_plans.Values.Where(one => one.Plan.IsOldAt(now)));
        Remove(_plans.Values.Where(one => one.Session == session).OrderByDescending(one => one.Plan.TakenAt).Skip(MaxPlansPerSession - 1));
        Remove(_plans.Values.OrderByDescending(one => one.Plan.TakenAt).Skip(MaxPlans - 1));
    }

    private void Remove(IEnumerable<(string Session, ActionPlan Plan)> old)
    {
        foreach (var (_, plan) in old.ToList())
        {
            _plans.Remove(plan.Id);
        }
    }
}
