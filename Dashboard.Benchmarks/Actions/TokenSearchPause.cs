using System.Globalization;
using Dashboard.Actions.Scanning;
using Dashboard.Actions.Tokens;
using Dashboard.Benchmarks.Measuring;
using Dashboard.Valkey;

namespace Dashboard.Benchmarks.Actions;

/// <summary>What a search for a user's tokens at the console's own pace costs other clients.</summary>
/// <param name="tokens">How many tokens the server has.</param>
/// <param name="tokensOfUser">How many of them each user has.</param>
internal sealed class TokenSearchPause(
    IServerActor acting, ServerPrecondition precondition, BenchRun run, long tokens, int tokensOfUser, CancellationToken cancel)
{
    /// <param name="name">The name of the measures.</param>
    /// <param name="user">A user whose tokens are all there.</param>
    public async Task<IReadOnlyList<Measure>> MeasuresAsync(string name, OtherClient otherClient, int user)
    {
        var guess = ScanBudget.Default.TimeFor(tokens) / 2;
        var rounds = await RoundRetry.OfAsync<ClientComparison>(
            run.Pick(5, 3), last => otherClient.BesideAsync(last?.Took ?? guess, () => SearchAsync(user), cancel));
        var growth = Spread.Of([.. rounds.Select(round => round.P99Growth)]);
        var served = Spread.Of([.. rounds.Select(round => round.P99ServedGrowth)]);
        var took = Spread.Of([.. rounds.Select(round => round.Took.TotalSeconds)]);
        return
        [
            new(name, growth.Median, "ms more, p99 of another client", 1, $"{growth}"),
            new($"{name}.idle", Percentiles.Median(rounds.Select(round => round.Idle.P99)), "ms, p99",
                Note: $"{Percentiles.Median(rounds.Select(round => round.Idle.PerSecond)):0} questions a second"),
            new($"{name}.during", Percentiles.Median(rounds.Select(round => round.During.P99)), "ms, p99"),
            new($"{name}.served", served.Median, "ms more, p99 without the wait for a processor", Note: $"{served}"),
            new($"{name}.took", took.Median, "s", Note: $"{took}"),
        ];
    }

    private async Task SearchAsync(int user)
    {
        var (settings, filter, found) =
            (TokenSettings.Default, new TokenFilter { User = user.ToString(CultureInfo.InvariantCulture) }, new HashSet<SecretKey>());
        var scan = new TokenScan(settings, acting, new NoProgress(), ScanBudget.Default, run.Time);
        var abort = await scan.OverAsync(
            precondition, filter, settings.Kinds, tokens,
            some =>
            {
                found.UnionWith(some.Select(token => token.Key));
                return Task.FromResult<Reply<PreconditionResult<long>>>((PreconditionResult<long>)0L);
            }, cancel);
        if (abort is not null)
        {
            throw new BenchException($"The search ended early: {abort.Sentence}");
        }

        if (found.Count != tokensOfUser)
        {
            throw new BenchException($"Found {found.Count} tokens of user {user}, not {tokensOfUser}.");
        }
    }
}
