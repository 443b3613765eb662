using System.Diagnostics;
using System.Globalization;
using System.Text;
using Dashboard.Actions;
using Dashboard.Actions.Scanning;
using Dashboard.Actions.Tokens;
using Dashboard.Benchmarks.Measuring;
using Dashboard.Benchmarks.Servers;
using Dashboard.Demo;
using Dashboard.Info;
using Dashboard.Instances;
using Dashboard.Instances.Purposes;
using Dashboard.Valkey;
using Dashboard.Valkey.Connecting;
using Dashboard.Valkey.Permissions;
using StackExchange.Redis;

namespace Dashboard.Benchmarks.Actions;

/// <summary>Finding and revoking all tokens of one user among many, compared with the least that a client can do.</summary>
internal sealed class TokenSpeed : IBenchmark
{
    private const string Peer = "scan-mget";
    private const int PageSize = ScanBudget.MaxPageSize;
    private const int TokensPerUser = 10;
    private const int KeysACall = 5_000;
    private const int PastedRounds = 50;

    /// <summary>Arguments: first and last token, number of users. The names are as long as those of <c>urlsafe_base64(32)</c>.</summary>
    private const string FillScript = """
        for i = tonumber(ARGV[1]), tonumber(ARGV[2]) do
          redis.call(
            'SET', 'token:' .. string.format('%07d', i) .. '-abcdefghijklmnopqrstuvwxyz0123456789',
            '{"user_id":' .. (i % tonumber(ARGV[3])) .. ',"created_at":"2026-11-30T10:00:00.000Z"}', 'EX', 86400)
        end
        """;

    public string Name => "tokens";

    public string What =>
        "all tokens of one user of 50,000 found and revoked among 500,000, compared with a C loop of SCAN and MGET; "
            + "and the p99 of another client's round trips during a search at the console's own pace";

    public Task<IReadOnlyList<Measure>> RunAsync(BenchRun run, CancellationToken cancel) =>
        ServerKinds.EachAsync(Name, (name, program) => OfAsync(run, name, program, cancel));

    private static async Task<IReadOnlyList<Measure>> OfAsync(BenchRun run, string name, string program, CancellationToken cancel)
    {
        var (tokens, peer) = (run.Pick(500_000L, 100_000L), await CompiledAsync(run, cancel));
        var plan = new DemoServerPlan(InstanceId.Of("big-session"), Purpose.Session, 1L << 30);
        await using var servers = await BenchServers.OneAsync(run, program, plan, cancel);
        var server = servers.All[0];
        var instance = servers.Instances.Single() with
        {
            Act = new(AclRules.UserOf(ConnectionRole.Act), server.PasswordFileOf(ConnectionRole.Act)),
        };
        await using var application = await ConnectionMultiplexer.ConnectAsync(new ConfigurationOptions
        {
            EndPoints = { { "127.0.0.1", server.Port } },
            Password = server.Target.Password,
            AsyncTimeout = 60_000,
        });
        await FillAsync(application, tokens, cancel);
        await using var acting = new ValkeyServers(run.Time).Actor(instance, ActionTimeouts.Query);
        var facts = Snapshot.Parse((await acting.InfoAsync(cancel)).Value!);
        var precondition = new ServerPrecondition(facts.Server.RunId!, 0, facts.Replication.ReplId);
        var label = $"{facts.Server.Product} {facts.Server.Version}";
        BenchRun.ReportProgress(label);
        await RevokeAsync(acting, precondition, run, 0, tokens, cancel);
        List<(double Console, double Peer)> rounds = [];
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var grown = 0L;
        while (rounds.Count < run.Pick(5, 3))
        {
            var user = rounds.Count + 1;
            var console = await SecondsAsync(() => RevokeAsync(acting, precondition, run, user, tokens, cancel), run.Time);
            grown = Math.Max(grown, GC.GetTotalMemory(forceFullCollection: true) - before);
            rounds.Add((console, await SecondsAsync(() => PeerAsync(peer, server, user + 1, tokens, cancel), run.Time)));
        }

        var ratio = Spread.Of([.. rounds.Select(round => round.Console / round.Peer)]);
        var simple = await SimpleAsync(application, tokens, run.Time, cancel);
        var pasted = await PastedAsync(application, acting, precondition, run.Time, cancel);
        await using var otherClient = await OtherClient.StartAsync(run, instance, server.Pid, OtherClient.Undisturbing);
        var paced = await new TokenSearchPause(acting, precondition, run, tokens, TokensPerUser, cancel)
            .MeasuresAsync($"{name}.paced", otherClient, rounds.Count + 1);
        return
        [
            new(name, ratio.Median, $"x of {Peer}.c", 1.5, $"{ratio}; {tokens} tokens, pages of {PageSize}, {label}"),
            new($"{name}.revoke", Percentiles.Median(rounds.Select(round => round.Console)), "s"),
            new($"{name}.peer", Percentiles.Median(rounds.Select(round => round.Peer)), "s"),
            new(
                $"{name}.simple", Percentiles.Median(rounds.Select(round => round.Console)) / simple, "x of SCAN and a GET for each key",
                0.2, $"{simple:0.0} s"),
            new($"{name}.pasted", pasted * 1000, "ms of round trips for one pasted token", 5),
            new($"{name}.memory", grown / (double)(1 << 20), "MB that the console keeps after a pass", 30),
            .. paced,
        ];
    }

    private static async Task RevokeAsync(
        IServerActor acting, ServerPrecondition precondition, BenchRun run, int user, long tokens, CancellationToken cancel)
    {
        var (settings, filter) = (TokenSettings.Default, new TokenFilter { User = user.ToString(CultureInfo.InvariantCulture) });
        var budget = new ScanBudget(PageSize, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        var scan = new TokenScan(settings, acting, new NoProgress(), budget, run.Time);
        var deletion = new TokenDeletion(settings, acting, precondition);
        if (await scan.OverAsync(
            precondition, filter, settings.Kinds, tokens,
            found => deletion.WhereMatchingAsync(found, filter, long.MaxValue, cancel), cancel) is { } abort)
        {
            throw new BenchException($"The scan ended early: {abort.Sentence}");
        }

        if (deletion.Count != TokensPerUser)
        {
            throw new BenchException($"Revoked {deletion.Count} tokens of user {user}, not {TokensPerUser}.");
        }
    }

    private static async Task PeerAsync(string peer, DemoServer server, int user, long tokens, CancellationToken cancel)
    {
        var start = new ProcessStartInfo(
            peer,
            [
                server.Port.ToString(CultureInfo.InvariantCulture), server.PasswordFile, PageSize.ToString(CultureInfo.InvariantCulture),
                user.ToString(CultureInfo.InvariantCulture),
            ])
        { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var found = (await process.StandardOutput.ReadToEndAsync(cancel)).Trim();
        await process.WaitForExitAsync(cancel);
        if (process.ExitCode != 0 || found != TokensPerUser.ToString(CultureInfo.InvariantCulture))
        {
            throw new BenchException($"{Peer} found '{found}' of {TokensPerUser} tokens of user {user} among {tokens}.");
        }
    }

    /// <summary>The guide's way: SCAN, and a GET for each key. Measured over a part of the keys, which it says for all.</summary>
    private static async Task<double> SimpleAsync(
        ConnectionMultiplexer application, long tokens, TimeProvider time, CancellationToken cancel)
    {
        var (database, part, read) = (application.GetDatabase(), tokens / 10, 0L);
        var began = time.GetTimestamp();
        await foreach (var key in application.GetServers()[0].KeysAsync(pattern: "token:*", pageSize: 100).WithCancellation(cancel))
        {
            await database.StringGetAsync(key);
            if (++read == part)
            {
                break;
            }
        }

        return time.GetElapsedTime(began).TotalSeconds * tokens / read;
    }

    /// <summary>What a pasted token costs: read by its key, read again before the deletion, deleted.</summary>
    private static async Task<double> PastedAsync(
        ConnectionMultiplexer application, IServerActor acting, ServerPrecondition precondition, TimeProvider time,
        CancellationToken cancel)
    {
        List<double> took = [];
        for (var round = 0; round < PastedRounds; round++)
        {
            var secret = Encoding.ASCII.GetBytes($"pasted-{round:000}-abcdefghijklmnopqrstuvwxyz0123456789");
            var kind = TokenSettings.Default.Kinds[0];
            await application.GetDatabase().StringSetAsync(kind.KeyOf(secret), "42", TimeSpan.FromHours(1));
            took.Add(await SecondsAsync(
                async () =>
                {
                    var page = await RequiredStep.DoneAsync(
                        acting.ReadTokenKeysAsync(precondition, [new(kind.KeyOf(secret)!)], TokenReader.FieldsOf(kind), cancel));
                    var token = TokenReader.Read(page.Entries.Single(), kind, TokenSettings.Default)!;
                    var deletion = new TokenDeletion(TokenSettings.Default, acting, precondition);
                    if (await RequiredStep.DoneAsync(deletion.ByKeyAsync([token], cancel)) != 1)
                    {
                        throw new BenchException("A pasted token was not deleted.");
                    }
                }, time));
        }

        return Percentiles.Median(took);
    }

    private static async Task FillAsync(ConnectionMultiplexer application, long tokens, CancellationToken cancel)
    {
        for (var first = 0L; first < tokens; first += KeysACall)
        {
            cancel.ThrowIfCancellationRequested();
            await application.GetDatabase().ExecuteAsync(
                "EVAL", FillScript, 0, first, Math.Min(tokens, first + KeysACall) - 1, tokens / TokensPerUser);
        }
    }

    private static async Task<string> CompiledAsync(BenchRun run, CancellationToken cancel)
    {
        var program = Path.Combine(run.Fresh("peers"), Peer);
        try
        {
            var source = Path.Combine(run.Root, "Dashboard.Benchmarks", "Actions", $"{Peer}.c");
            using var compiler = Process.Start("cc", ["-O2", "-D_GNU_SOURCE", "-o", program, source]);
            await compiler.WaitForExitAsync(cancel);
            return compiler.ExitCode == 0 ? program : throw new BenchException($"cc could not compile {Peer}.c: its output is above.");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new BenchException("Found no C compiler. Run `apt-get install gcc libc6-dev`, then try again.");
        }
    }

    private static async Task<double> SecondsAsync(Func<Task> act, TimeProvider time)
    {
        var began = time.GetTimestamp();
        await act();
        return time.GetElapsedTime(began).TotalSeconds;
    }
}
