using Dashboard.Access.Roles;
using Dashboard.Actions;
using Dashboard.Actions.Flush;
using Dashboard.Actions.Flush.Retention;
using Dashboard.Actions.Sampling;
using Dashboard.Actions.Tokens;
using Dashboard.Audit;
using Dashboard.Audit.Reading;
using Dashboard.Components.Actions;
using Dashboard.History;
using Dashboard.Instances.Purposes;
using Dashboard.Monitoring;
using Dashboard.Realtime;
using Dashboard.Servers;
using Dashboard.Valkey;
using Dashboard.Valkey.Connecting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Architecture;

/// <summary>Rules for every action, discovered as the program discovers them.</summary>
public sealed class AdminActionRulesTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly WriterFixture _history = new();
    private readonly OpenTrail _console;
    private readonly ServiceProvider _services;

    public AdminActionRulesTests()
    {
        _console = new(_folder.Path, TimeProvider.System);
        var builder = WebApplication.CreateBuilder();
        builder.AddActions();
        builder.AddFlush();
        builder.AddTokens();
        builder.Services.AddSingleton(TimeProvider.System).AddSingleton(_console.Store).AddSingleton(_history.Query)
            .AddSingleton(new ReplicaId("here-1")).AddSingleton<ValkeyServers>();
        _services = builder.Services.BuildServiceProvider();
        All = [.. _services.GetServices<IAdminAction>().OrderBy(action => action.Id, StringComparer.Ordinal)];
    }

    private IReadOnlyList<IAdminAction> All { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _services.Dispose();
        _console.Dispose();
        _history.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Actions_AreExactlyThese() =>
        Assert.Equal(
            [
                "cache.clear-spare", "cache.flush", "cache.flush-prefix", "cache.flush.undo", "keys.reclaim", "tokens.give-ttl",
                "tokens.revoke",
            ],
            All.Select(action => action.Id));

    /// <summary>Where an action is forbidden, a button explains why. A page of its own offers only what may be done.</summary>
    [Fact]
    public void Forbidden_IsExplainedOnThePage() => Assert.All(Purpose.All, purpose => Assert.All(
        All.Where(action => action.Page is null).Select(action => action.ForbiddenOn(purpose)).OfType<string>(),
        why => Assert.Contains(All, action => action.IsOffered(purpose) && action.ForbiddenOn(purpose) == why)));

    [Fact]
    public void Viewer_HoldsNone_AndEachIsOfAnInstance() => Assert.All(All, action =>
    {
        Assert.False(action.Permission.IsHeldBy(OperatorRole.Viewer), action.Id);
        Assert.True(action.Permission is { Acts: true, OfInstance: true }, action.Id);
        Assert.True(action.Permission.Destroys || !action.Destroys, $"{action.Id} destroys and asks for no password");
    });

    [Fact]
    public void Texts_AreSentences() => Assert.All(All, action =>
    {
        Assert.Matches("^[a-z]", action.Name);
        Assert.Matches(@"^[A-Z].*\.$", action.Summary);
        Assert.All(Purpose.All.Select(action.ForbiddenOn).OfType<string>(), why => Assert.Matches(@"^.{20,}\.$", why));
    });

    [Theory]
    [InlineData("valkey-8.0.1")]
    [InlineData("redis-7.0.15")]
    public async Task Planning_WritesNothing_AndGivesFullSentences(string server)
    {
        foreach (var action in All)
        {
            foreach (var purpose in Purpose.All.Where(purpose => action.ForbiddenOn(purpose) is null))
            {
                var names = Enumerable.Range(1, 100).Select(place => $"views/page:{place}").ToList();
                var fake = new FakeServerActor().AnswerInfo("")
                    .Answer("sample * 0", (PreconditionResult<KeyNamePage>)new KeyNamePage(ScanPage.Start, names))
                    .Answer("sample views/* 0", (PreconditionResult<KeyNamePage>)new KeyNamePage(ScanPage.Start, names))
                    .Answer("CLIENT LIST", new ClientsPerDatabase(new Dictionary<int, int>()))
                        .Answer("count 15", (PreconditionResult<long>)0)
                    .Answer("read flush 0 15", (PreconditionResult<FlushTokens>)new FlushTokens(null, null, 20_999, 40, 1));
                foreach (var asked in new[] { string.Join(' ', ForeignKeys.WellKnown), "" })
                {
                    fake.Answer($"find {asked}", (PreconditionResult<KeyNamePage>)new KeyNamePage(ScanPage.Start, []));
                }

                var state =
                    Given.State(
                        purpose, Given.Answered(Given.Recording(server, purpose), 0, ("db0", "keys=21000,expires=20000,avg_ttl=0")));

                state = action is ClearLeftover ? state with { Instance = state.Instance with { SpareDatabase = 15 } } : state;
                var request = new PlanRequest(state, await ScopeAsync(action, state)) { ByOwner = true };
                var result = await action.PlanAsync(request, fake, Cancel);

                var plan = Assert.IsType<PlanResult.Planned>(result).Plan;
                Assert.DoesNotContain(
                    fake.Calls, call => call.Split(' ')[0] is "flush" or "swap" or "bring" or "purge" or "remove" or "reclaim"
                        or "clear" or "begin" or "change" or "end");
                Assert.All(plan.Effects.Concat(plan.Cautions), sentence => Assert.EndsWith(".", sentence, StringComparison.Ordinal));
                Assert.Equal(ActionOffer.TitleOf(action.Name), AuditActionNames.Of(action.Id));
                Assert.NotEmpty(plan.Effects);
                Assert.InRange(plan.Glance.Count, 1, 3);
                Assert.All(plan.Glance, figure => Assert.False(figure.Words.EndsWith('.')));
                Assert.InRange(plan.Ceiling, 1, long.MaxValue);
                Assert.Equal((state.Instance, state.Facts!.Snapshot.Server.RunId, action.Id), (plan.Instance, plan.RunId, plan.Action));
                // What a flush retains stays the same data, whatever replicas come and go.
                Assert.Equal(action is UndoFlush ? null : state.Facts.Snapshot.Replication.ReplId, plan.ReplicationId);
            }
        }
    }

    /// <summary>The scope: what a person types, or the flush to undo.</summary>
    private async Task<string> ScopeAsync(IAdminAction action, InstanceState state)
    {
        if (action is RevokeTokens or RepairTokens)
        {
            var search = new TokenSearch(
                Guid.NewGuid(), "session", state.Instance, state.Facts!.Snapshot.Server.RunId!, new() { User = "42", WithoutTtl = true });
            search.Show(search.State with { IsOver = true, Found = 3, ReadAt = TimeProvider.System.GetUtcNow() });
            _services.GetRequiredService<TokenSearches>().Keep(search);
            return new TokenScope(search.Id, []).Text;
        }

        if (action is not UndoFlush)
        {
            return action.ScopeLabel is null ? "" : "views/";
        }

        var swaps = _services.GetRequiredService<RetainedFlushes>();
        var run =
            new Run(
                Guid.CreateVersion7(), "cache.flush", state.Instance.Id, state.Facts!.Snapshot.Server.RunId!, 0, "", "guest", "",
                TimeProvider.System.GetUtcNow());
        Assert.True(await swaps.BeginAsync(run, 15, 100, isChecked: true, Cancel));
        await swaps.KeepAsync(run.Id, 100);
        return run.Id.ToString();
    }
}
