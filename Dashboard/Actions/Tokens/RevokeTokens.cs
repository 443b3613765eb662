using Dashboard.Access.Roles;
using Dashboard.Actions.Scanning;
using Dashboard.Audit.Events;
using Dashboard.Info;
using Dashboard.Instances.Purposes;
using Dashboard.Storage;
using Dashboard.Valkey;

namespace Dashboard.Actions.Tokens;

/// <summary>
/// Deletes access tokens: selected ones by their keys, or all that match a filter in as many passes as it takes. What was searched is what
/// a plan is made of; the server decides each deletion again.
/// </summary>
internal sealed class RevokeTokens(
    TokenSettings settings, TokenSearches searches, RevokedTokens revoked, RevocationSteps steps, RevokedKeys recent, ScanBudget budget,
    TimeProvider time) : IAdminAction
{
    /// <summary>The action's <see cref="Id"/>.</summary>
    public const string ActionId = "tokens.revoke";

    /// <summary>The name of the count of tokens in plans and outcomes.</summary>
    public const string Tokens = "tokens";

    /// <summary>How long a run over many tokens waits before its first deletion, so that it can be stopped.</summary>
    public static readonly TimeSpan Countdown = TimeSpan.FromSeconds(10);

    /// <summary>The maximum number of passes over the server: tokens that are issued faster than that never end.</summary>
    private const int MaxPasses = 5;

    private static readonly TimeSpan StopMargin = TimeSpan.FromMilliseconds(700);

    /// <summary>A plan is made of a search; one that is older than this is made again.</summary>
    private static readonly TimeSpan MaxSearchAge = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan CountdownStep = TimeSpan.FromMilliseconds(250);

    public string Id => ActionId;

    public string Name => "revoke tokens";

    public string Summary => "Finds access tokens, deletes them, and closes the live connections of their user.";

    public string? ScopeLabel => null;

    public Permission Permission => Permission.RevokeTokens;

    public bool Destroys => true;

    public bool AlwaysNeedsReason => true;

    public ActionPage Page { get; } = new("tokens", "Find tokens");

    public bool IsOffered(Purpose purpose) => purpose.Profile.HoldsTokens;

    public string? ForbiddenOn(Purpose purpose) => purpose.Profile.HoldsTokens
        ? null
        : $"Access tokens are kept on session instances, and this is a {purpose.Word} instance.";

    public Task<PlanResult> PlanAsync(PlanRequest request, IServerActor server, CancellationToken cancel) =>
        Task.FromResult(Plan(request));

    public async Task<ActionOutcome> ExecuteAsync(ActionPlan plan, IServerActor server, IRunProgress progress, CancellationToken cancel)
    {
        var payload = plan.PayloadAs<RevokePayload>();
        if (payload.Selected.Count == 0 && await CountDownAsync(plan.Scope, progress, cancel) is { } stopped)
        {
            return ScanAbort.Stopped($"{stopped.TrimEnd('.')} before any token was deleted.").Outcome;
        }

        var run = progress.Run;
        // Before anything is deleted: whatever happens to this console, sockets are cut and what comes back is noticed.
        var unplanned = await FailureOfAsync(steps.AddAsync(run, payload.User, payload.IsAllOfUser, CancellationToken.None));
        var deletion = new TokenDeletion(settings, server, plan.Guard);
        var (abort, passes) = payload.Selected.Count > 0
            ? (await SelectedAsync(deletion, payload, cancel), 0)
            : await MatchingAsync(plan, deletion, payload, server, progress, cancel);
        List<string> sentences =
        [
            RevocationText.Outcome(payload, deletion, abort, passes),
            .. await CompleteAsync(plan, deletion, server, run, abort is null, cancel),
        ];
        if (unplanned is not null && deletion.Deleted.Count > 0)
        {
            sentences.Add($"Nothing is looked at later, and no sockets are cut: {unplanned}");
        }

        return new(abort?.Result ?? AuditResult.Done, string.Join(' ', sentences))
        {
            Counts = CountText.Known(
                ("revoked", deletion.Count), ("left", deletion.Left > 0 ? deletion.Left : null), ("passes", passes > 1 ? passes : null)),
        };
    }

    private PlanResult Plan(PlanRequest request)
    {
        var (instance, facts) = (request.Target.Instance, request.Target.Facts!.Snapshot);
        if (TokenScope.Parse(request.Scope) is not { } scope || searches.Find(scope.Search) is not { } search
            || search.Instance.Id != instance.Id)
        {
            return new PlanResult.Refused(TokenSearch.Forgotten);
        }

        if (search.RunId != facts.Server.RunId)
        {
            return new PlanResult.Refused($"{instance.Id} was restarted, or another server answers there, since the search. Search again.");
        }

        if (RevocationText.WhyNoWrites(facts, instance.Id) is { } why)
        {
            return new PlanResult.Refused(why);
        }

        var state = search.State;
        if (time.GetUtcNow() - state.ReadAt > MaxSearchAge)
        {
            return new PlanResult.Refused("The search is older than ten minutes. Search again.");
        }

        if (scope.Rows.Count == 0)
        {
            return !state.IsOver ? new PlanResult.Refused("The search still runs. Wait until it ends, or select tokens that it has found.")
                : state.Abort is not null
                    ? new PlanResult.Refused(
                        $"The search did not cover all keys, so it is not known how many tokens there are. {state.Abort}")
                : search.IsOfPasted ? new PlanResult.Refused("Select the tokens to revoke.")
                : state.Found == 0 ? new PlanResult.Refused($"There are no tokens {search.Filter.Text}: nothing to revoke.")
                : new PlanResult.Planned(Matching(request, search, state));
        }

        return scope.Rows.Count > TokenScope.MaxRows
            ? new PlanResult.Refused(
                $"At most {TokenScope.MaxRows} tokens can be selected. Narrow the search, or revoke all that it finds.")
            : scope.Rows.Any(row => row >= state.Rows.Count)
                ? new PlanResult.Refused("The selected tokens are not among those found any more. Select them again.")
            : new PlanResult.Planned(Selected(request, [.. scope.Rows.Select(row => state.Rows[row])], search));
    }

    private ActionPlan Selected(PlanRequest request, IReadOnlyList<FoundToken> tokens, TokenSearch search)
    {
        var payload = new RevokePayload(tokens, new());
        return Begun(request, search) with
        {
            Scope = RevocationText.Selected(payload),
            Payload = payload,
            Ceiling = tokens.Count,
            HoldsSlot = false,
            NeedsPhrase = false,
            Glance = RevocationText.Glance(tokens.Count, payload, null),
            Effects = RevocationText.Effects(payload, settings, null),
            Cautions = RevocationText.Cautions(request.Target.Facts!.Snapshot, payload, search.Jwt),
            Counts = new Dictionary<string, long> { [Tokens] = tokens.Count },
        };
    }

    private ActionPlan Matching(PlanRequest request, TokenSearch search, TokenSearchState state)
    {
        var payload = new RevokePayload([], search.Filter);
        var facts = request.Target.Facts!.Snapshot;
        var keys = facts.Keyspace.Known ? facts.Keyspace.In(request.Target.Instance.Address.Database) : 0;
        var ceiling = CeilingOf(state.Found);
        var took = (budget with { PageSize = TokenScan.PageSizeOf(budget) }).TimeFor(keys) * settings.Kinds.Count;
        return Begun(request, search) with
        {
            // Of one user, ten seconds to stop it are enough; anything else may be everybody.
            NeedsPhrase = search.Filter.User is null,
            Scope = $"all tokens {search.Filter.Text}",
            Payload = payload,
            Ceiling = ceiling,
            Glance = RevocationText.Glance(state.Found, payload, took),
            Effects = RevocationText.Effects(payload, settings, ceiling),
            Cautions = RevocationText.Cautions(facts, payload, null, search.Filter.User is null ? (state.Found, state.Seen) : null),
            Counts = new Dictionary<string, long> { [Tokens] = state.Found, ["keys"] = keys },
        };
    }

    private ActionPlan Begun(PlanRequest request, TokenSearch search) =>
        new(Guid.NewGuid(), Id, request.Target.Instance, search.RunId, time.GetUtcNow())
        {
            ReplicationId = request.Target.Facts!.Snapshot.Replication.ReplId,
            CountedAt = search.State.ReadAt,
        };

    /// <summary>Tokens may be issued while the run goes on; many more than were found means that something else is going on.</summary>
    internal static long CeilingOf(long found) => found + Math.Max(50, found / 4);

    private static async Task<ScanAbort?> SelectedAsync(TokenDeletion deletion, RevokePayload payload, CancellationToken cancel)
    {
        var reply = await deletion.ByKeyAsync(payload.Selected, cancel);
        return reply.Fault is { } fault ? ScanAbort.OfFault(fault)
            : reply.Value!.Failed is { } failed ? ScanAbort.OfBreach(failed)
            : null;
    }

    private async Task<(ScanAbort? Abort, int Passes)> MatchingAsync(
        ActionPlan plan, TokenDeletion deletion, RevokePayload payload, IServerActor server, IRunProgress progress,
        CancellationToken cancel)
    {
        for (var pass = 1; ; pass++)
        {
            var scan = new TokenScan(settings, server, progress, budget, time) { MaxDone = Rest(plan, deletion) };
            var before = deletion.Count;
            var abort = await scan.OverAsync(
                plan.Guard, payload.Filter, settings.Kinds, plan.Counts["keys"],
                tokens => deletion.WhereMatchingAsync(tokens, payload.Filter, Rest(plan, deletion), cancel), cancel);
            if (Rest(plan, deletion) <= 0)
            {
                return (ScanAbort.AtCeiling(RevocationText.Count(plan.Ceiling)), pass);
            }

            if (abort is not null || deletion.Count == before)
            {
                return (abort, pass);
            }

            if (pass == MaxPasses)
            {
                return (ScanAbort.Stopped($"It stopped after {MaxPasses} passes, and each found tokens: they are issued meanwhile."), pass);
            }
        }
    }

    /// <summary>How many may still be deleted. Tokens whose deletion had no answer may have been.</summary>
    private static long Rest(ActionPlan plan, TokenDeletion deletion) => plan.Ceiling - deletion.Count - deletion.Unanswered.Count();

    /// <returns>Why it was stopped; null when it was not.</returns>
    private async Task<string?> CountDownAsync(string whose, IRunProgress progress, CancellationToken cancel)
    {
        for (var left = Countdown; left > TimeSpan.Zero && progress.Stop is null; left -= CountdownStep)
        {
            progress.Report(0, null, $"{whose}: begins in {Math.Ceiling(left.TotalSeconds):0} s; it can still be stopped");
            await Task.Delay(CountdownStep, time, cancel);
        }

        // What was pressed at the last moment is known a progress report later.
        await Task.Delay(StopMargin, time, cancel);
        return progress.Stop;
    }

    /// <summary>What follows a deletion: what is looked at later, the sets that list tokens, and the proof that it lasts.</summary>
    private async Task<IReadOnlyList<string>> CompleteAsync(
        ActionPlan plan, TokenDeletion deletion, IServerActor server, Run run, bool isWhole, CancellationToken cancel)
    {
        FoundToken[] tokens = [.. deletion.Deleted.Values, .. deletion.Unanswered];
        if (tokens is [])
        {
            await FailureOfAsync(steps.RemoveAsync(run.Id, CancellationToken.None));
            return [];
        }

        List<string> sentences = [];
        recent.Keep(run.Id, tokens);
        if (await FailureOfAsync(revoked.AddAsync(
            run.Id, [.. tokens.Where(token => token.Digest is not null).Select(token => (token.Kind.Name, token.Digest!.Hex))],
            CancellationToken.None)) is { } unkept)
        {
            sentences.Add($"Their digests could not be kept: {unkept}");
        }

        await FailureOfAsync(steps.StartAsync(run.Id, CancellationToken.None));
        if (await TokenIndexCleaning.CleanAsync(server, plan.Guard, tokens, cancel) is { } cleaned)
        {
            sentences.Add(cleaned);
        }

        sentences.Add(
            isWhole && await server.FactsAsync(cancel) is { } facts && facts.Server.RunId == plan.RunId
                ? await RevocationDurability.ProveAsync(server, facts, cancel)
                : "Whether it is on disk is not known.");
        return sentences;
    }

    /// <returns>Why the store could not be used; null when it was.</returns>
    private static async Task<string?> FailureOfAsync(Task<bool> write)
    {
        try
        {
            await write;
            return null;
        }
        catch (StoreException unusable)
        {
            return unusable.Message;
        }
    }
}
