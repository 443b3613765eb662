using Dashboard.Access;
using Dashboard.Info;
using Dashboard.Instances;
using Dashboard.Monitoring;
using Dashboard.Valkey;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Actions;

/// <summary>What holds for each action, found as the program finds them.</summary>
public sealed class AdminActionLawsTests
{
    private static readonly IReadOnlyList<IAdminAction> All = Found();

    private static IReadOnlyList<IAdminAction> Found()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddActions();
        return [.. builder.Services.BuildServiceProvider().GetServices<IAdminAction>().OrderBy(action => action.Id, StringComparer.Ordinal)];
    }

    [Fact]
    public void TheseAreAll() => Assert.Equal(["keys.reclaim"], All.Select(action => action.Id));

    [Fact]
    public void Viewer_HoldsNone_AndEachIsOfAnInstance() => Assert.All(All, action =>
    {
        Assert.False(action.Permission.IsHeldBy(OperatorRole.Viewer), action.Id);
        Assert.True(action.Permission is { Acts: true, OfInstance: true }, action.Id);
        Assert.True(action.Permission.Destroys || !action.Destroys, $"{action.Id} destroys and asks for no password");
    });

    [Fact]
    public void Words_AreSentences() => Assert.All(All, action =>
    {
        Assert.Matches("^[a-z]", action.Name);
        Assert.Matches(@"^[A-Z].*\.$", action.Summary);
        Assert.All(Enum.GetValues<Purpose>().Select(action.ForbiddenOn).OfType<string>(), why => Assert.Matches(@"^.{20,}\.$", why));
    });

    [Theory]
    [InlineData("valkey-8.0.1")]
    [InlineData("redis-7.0.15")]
    public async Task Planning_WritesNothing_AndGivesFullSentences(string server)
    {
        foreach (var action in All)
        {
            foreach (var purpose in Enum.GetValues<Purpose>().Where(purpose => action.ForbiddenOn(purpose) is null))
            {
                var fake = new FakeValkeyServer();
                var state = Given.State(purpose, Given.Answered(Given.Recording(server, purpose), 0, ("db0", "keys=21000,expires=20000,avg_ttl=0")));

                var reply = await action.PlanAsync(new PlanQuestion(state, ""), fake, TestContext.Current.CancellationToken);

                var plan = Assert.IsType<PlanReply.Planned>(reply).Plan;
                Assert.DoesNotContain(fake.Calls, call => call.Split(' ')[0] is "flush" or "swap" or "bring" or "purge" or "remove" or "reclaim");
                Assert.All(plan.Effects.Concat(plan.Cautions), sentence => Assert.EndsWith(".", sentence, StringComparison.Ordinal));
                Assert.NotEmpty(plan.Effects);
                Assert.InRange(plan.Ceiling, 1, long.MaxValue);
                Assert.Equal((state.Instance, state.Facts!.Snapshot.Server.RunId, action.Id), (plan.Instance, plan.RunId, plan.Action));
            }
        }
    }
}
