using Dashboard.Access.Roles;
using Dashboard.Actions.Scanning;
using Dashboard.Audit.Events;
using Dashboard.Instances.Purposes;
using Dashboard.Text;
using Dashboard.Valkey;

namespace Dashboard.Actions.Tokens;

/// <summary>
/// Gives tokens that never expire the rest of the time that a token of their kind lives. Nobody is signed out by it at once, and no token
/// is deleted.
/// </summary>
internal sealed class RepairTokens(TokenSettings settings, TokenSearches searches, ScanBudget budget, TimeProvider time) : IAdminAction
{
    /// <summary>The action's <see cref="Id"/>.</summary>
    public const string ActionId = "tokens.give-ttl";

    /// <summary>The shortest time that a token gets, however old it is: whoever uses it can sign in again meanwhile.</summary>
    public static readonly TimeSpan Least = TimeSpan.FromMinutes(5);

    public string Id => ActionId;

    public string Name => "give tokens a TTL";

    public string Summary => "Finds access tokens that never expire, and gives each the rest of its time.";

    public string? ScopeLabel => null;

    public ActionPage Page { get; } = new("tokens", "Find tokens without TTL") { Query = "nottl=1" };

    public Permission Permission => Permission.RevokeTokens;

    public bool Destroys => false;

    public bool IsOffered(Purpose purpose) => purpose.Profile.HoldsTokens;

    public string? ForbiddenOn(Purpose purpose) => purpose.Profile.HoldsTokens
        ? null
        : $"Access tokens are kept on session instances, and this is a {purpose.Word} instance.";

    public Task<PlanResult> PlanAsync(PlanRequest request, IServerActor server, CancellationToken cancel) =>
        Task.FromResult(Plan(request));

    public async Task<ActionOutcome> ExecuteAsync(ActionPlan plan, IServerActor server, IRunProgress progress, CancellationToken cancel)
    {
        var (filter, given, kept) = (plan.PayloadAs<RepairPayload>().Filter, 0L, 0L);
        TokenKind[] kinds = [.. settings.Kinds.Where(kind => kind.Ttl is not null)];
        var scan = new TokenScan(settings, server, progress, budget, time) { MaxDone = plan.Ceiling };
        var abort = await scan.OverAsync(
            plan.Guard, filter, kinds, plan.Counts["keys"],
            async tokens =>
            {
                var now = time.GetUtcNow();
                FoundToken[] some = [.. tokens.Take((int)Math.Min(int.MaxValue, plan.Ceiling - given))];
                foreach (var step in some.Chunk(ScanBudget.MaxPageSize))
                {
                    var reply = await server.GiveTtlAsync(
                        plan.Guard, [.. step.Select(token => (token.Key, (long)LeftOf(token, now).TotalSeconds))], cancel);
                    if (reply.Fault is not null || reply.Value!.Failed is not null)
                    {
                        return reply;
                    }

                    (given, kept) = (given + reply.Value.Value, kept + step.Length - reply.Value.Value);
                }

                return (PreconditionResult<long>)some.LongLength;
            }, cancel);
        var done = $"{RevocationText.Count(given)} got a TTL."
            + (kept > 0 ? $" {CountText.Text(kept)} had one by then, or did not exist any more." : "");
        return new(abort?.Result ?? AuditResult.Done, abort is null ? done : $"{abort.Sentence} Until then: {done}")
        {
            Counts = CountText.Known(("given", given), ("kept", kept > 0 ? kept : null)),
        };
    }

    /// <summary>The rest of the time that a token of this kind lives; all of it where the token's age is not known.</summary>
    internal static TimeSpan LeftOf(FoundToken token, DateTimeOffset now)
    {
        var (whole, age) = (token.Kind.Ttl!.Value, token.Created is { } created && created < now ? now - created : TimeSpan.Zero);
        return whole - age > Least ? whole - age : Least;
    }

    private PlanResult Plan(PlanRequest request)
    {
        var (instance, facts) = (request.Target.Instance, request.Target.Facts!.Snapshot);
        if (TokenScope.Parse(request.Scope) is not { Rows.Count: 0 } scope || searches.Find(scope.Search) is not { } search
            || search.Instance.Id != instance.Id)
        {
            return new PlanResult.Refused(TokenSearch.Forgotten);
        }

        var (state, kinds) = (search.State, settings.Kinds.Where(kind => kind.Ttl is not null).ToList());
        return search.RunId != facts.Server.RunId
                ? new PlanResult.Refused($"{instance.Id} was restarted, or another server answers there, since the search. Search again.")
            : !search.Filter.WithoutTtl ? new PlanResult.Refused("Search for tokens without TTL first.")
            : !state.IsOver || state.Abort is not null
                ? new PlanResult.Refused("The search did not cover all keys. Wait until it ends, or search again.")
            : state.Found == 0 ? new PlanResult.Refused("There are no such tokens without TTL: nothing to repair.")
            : kinds is [] ? new PlanResult.Refused("No kind of token has a Ttl in the settings, so it is not known how long they live.")
            : RevocationText.WhyNoWrites(facts, instance.Id) is { } why ? new PlanResult.Refused(why)
            : new PlanResult.Planned(PlanOf(request, search, state, kinds));
    }

    private ActionPlan PlanOf(PlanRequest request, TokenSearch search, TokenSearchState state, List<TokenKind> kinds)
    {
        var facts = request.Target.Facts!.Snapshot;
        var keys = facts.Keyspace.Known ? facts.Keyspace.In(request.Target.Instance.Address.Database) : 0;
        return new(Guid.NewGuid(), Id, request.Target.Instance, search.RunId, time.GetUtcNow())
        {
            ReplicationId = facts.Replication.ReplId,
            CountedAt = state.ReadAt,
            Scope = $"tokens {search.Filter.Text}",
            Payload = new RepairPayload(search.Filter),
            Ceiling = RevokeTokens.CeilingOf(state.Found),
            Glance =
            [
                new(RevocationText.Count(state.Found), "never expire and get a TTL"),
                new($"at least {DurationText.Text(Least)}", "is left to each"),
                new("0 tokens", "are deleted"),
            ],
            Cautions = kinds.Count == settings.Kinds.Count ? [] :
            [
                "Kinds without a Ttl in the settings are among these, and are left: "
                    + $"{string.Join(", ", settings.Kinds.Except(kinds).Select(kind => kind.Name))}.",
            ],
            Effects =
            [
                $"Each gets the time that a token of its kind lives ({string.Join(", ", kinds.Select(Life))}) less its age, and at least "
                    + $"{DurationText.Text(Least)}. Where its age is not known, it gets all of it.",
                "A token that has got a TTL meanwhile keeps it.",
                "The application may have meant some of them to last: ask before you repair many.",
            ],
            Counts = new Dictionary<string, long> { [RevokeTokens.Tokens] = state.Found, ["keys"] = keys },
        };
    }

    private static string Life(TokenKind kind) => $"{kind.Name}: {DurationText.Text(kind.Ttl!.Value)}";
}
