using Dapper;
using Dashboard.Access.Accounts;
using Dashboard.Access.ApiTokens;
using Dashboard.Access.Invitations;
using Dashboard.Access.Roles;
using Dashboard.Access.Sessions;
using Dashboard.Actions;
using Dashboard.Actions.Execution;
using Dashboard.Actions.Flush;
using Dashboard.Actions.Flush.Retention;
using Dashboard.Audit;
using Dashboard.Fakes;
using Dashboard.Instances;
using Dashboard.Servers;
using Microsoft.Extensions.Time.Testing;

namespace Dashboard.Scenarios;

/// <summary>
/// Rows of console.db that are over are removed by number and by age when a row is added; the audit log keeps all of its rows.
/// </summary>
public class OldRowsTests : IDisposable
{
    private static readonly InstanceId Cache = InstanceId.Of("cache");
    private readonly TestFolder _folder = new();
    private readonly FakeTimeProvider _time = new(Given.Start);
    private readonly OpenTrail _console;
    private readonly RunStore _runs;
    private readonly RetainedFlushes _swaps;

    public OldRowsTests()
        : this(StoreKind.File)
    {
    }

    private protected OldRowsTests(StoreKind kind)
    {
        _console = new(_folder.Path, _time, kind: kind);
        _swaps = new(_console.Store, _time);
        _runs = new(_console.Store, new("here-1"), [new FlushAftermath(_swaps)], _time);
    }

    private SessionStore Sessions => new(_console.Store, _time);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _console.Dispose();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Runs_AreRemovedByNumber_TheOldestFirst_AndAHundredAtATime()
    {
        await AddRunsAsync("cache", RunStore.MaxRunsPerInstance + 250, TimeSpan.FromMinutes(1));
        await AddRunsAsync("session", 30, TimeSpan.FromMinutes(1));

        Assert.Equal(RunStore.MaxRunsPerInstance + 151, await ClaimAsync());
        Assert.Equal(RunStore.MaxRunsPerInstance + 52, await ClaimAsync());
        Assert.Equal(RunStore.MaxRunsPerInstance, await ClaimAsync());
        Assert.Equal(RunStore.MaxRunsPerInstance, await ClaimAsync());

        Assert.Equal(["cache-254"], await ListAsync("SELECT operator FROM runs WHERE instance = 'cache' ORDER BY begun_at LIMIT 1"));
        Assert.Equal(30, await CountAsync("runs WHERE instance = 'session'"));
    }

    [Fact]
    public async Task Runs_AreRemovedByAge_ExceptTheNewestOfAnInstance()
    {
        await AddRunsAsync("cache", 50, TimeSpan.FromMinutes(1));
        await AddRunsAsync("gone", 50, TimeSpan.FromMinutes(1));
        _time.Advance(RunStore.MaxAge + TimeSpan.FromHours(1));

        await ClaimAsync();

        // Including the run that begins, these are the newest.
        Assert.Equal(RunStore.MinRunsKept, await CountAsync("runs WHERE instance = 'cache'"));
        Assert.Equal(RunStore.MinRunsKept, await CountAsync("runs WHERE instance = 'gone'"));
    }

    [Fact]
    public async Task Runs_ThatAreNotOver_OrThatAnUndoNeeds_AreKept()
    {
        await AddRunsAsync("cache", RunStore.MaxRunsPerInstance + 50, TimeSpan.FromMinutes(1));
        await AddRunsAsync("cable", RunStore.MinRunsKept + 5, TimeSpan.FromMinutes(1));
        await WriteAsync("UPDATE runs SET ended_at = NULL WHERE operator = 'cable-0'");
        await WriteAsync("""
            INSERT INTO swaps (id, instance, run_id, database, spare, keys, operator, state, run, swapped_at, ends_at)
            SELECT id, instance, run_id, 0, 15, 1, operator, 'returning', (SELECT id FROM runs WHERE operator = 'cache-1'), 1, 1
            FROM runs WHERE operator = 'cache-0'
            """);
        await WriteAsync("UPDATE runs SET scope = (SELECT id FROM swaps) WHERE operator = 'cache-2'");
        _time.Advance(RunStore.MaxAge + TimeSpan.FromHours(1));

        for (var each = 0; each < 20; each++)
        {
            await ClaimAsync();
        }

        Assert.Equal(
            ["cache-0", "cache-1", "cache-2"],
            await ListAsync("SELECT operator FROM runs WHERE instance = 'cache' AND operator <> 'guest' ORDER BY operator"));
        Assert.Contains("cable-0", await ListAsync("SELECT operator FROM runs WHERE instance = 'cable'"));
    }

    [Fact]
    public async Task Swaps_AreRemovedByNumberAndAge_OnceTheyAreOver()
    {
        await AddSwapsAsync(RetainedFlushes.MaxClosed + 150, "over", TimeSpan.FromHours(1));
        Assert.Equal(RetainedFlushes.MaxClosed + 51, await BeginAsync(1));
        Assert.Equal(RetainedFlushes.MaxClosed + 2, await BeginAsync(2));
        Assert.Equal(RetainedFlushes.MaxClosed + 3, await BeginAsync(3));
        _time.Advance(RetainedFlushes.MaxAge);

        await BeginAsync(4);

        // None of the four is over.
        Assert.Equal(4, await CountAsync("swaps"));
    }

    [Fact]
    public async Task Sessions_OfOneAccount_AreBounded_AndTheNewestAreKept()
    {
        var (guest, other) = (await AddAccountAsync("guest"), await AddAccountAsync("other"));
        var ofOther = (await BeginAsync(other, 1))[0];
        var ofGuest = await BeginAsync(guest, SessionStore.MaxPerAccount + 1);

        Assert.Equal(SessionStore.MaxPerAccount + 1, await CountAsync("sessions"));
        Assert.Null(Sessions.Find(ofGuest[0]));
        Assert.All([ofOther, ofGuest[1], ofGuest[^1]], id => Assert.NotNull(Sessions.Find(id)));
        _time.Advance(2 * Session.Longest);
        await BeginAsync(other, 1);
        Assert.InRange(await CountAsync("sessions"), 1, 3);
    }

    [Fact]
    public async Task Sessions_BegunBeforeTheClockWasSetBack_MakeRoomForTheNewOne()
    {
        var guest = await AddAccountAsync("guest");
        var early = await BeginAsync(guest, 1);
        _time.Advance(TimeSpan.FromHours(2));
        var ofTheFuture = await BeginAsync(guest, SessionStore.MaxPerAccount - 1);
        _time.AdjustTime(_time.GetUtcNow().AddHours(-1));

        var begun = await BeginAsync(guest, 2);

        Assert.Equal(SessionStore.MaxPerAccount, await CountAsync("sessions"));
        Assert.All([early[0], .. begun, ofTheFuture[^1]], id => Assert.NotNull(Sessions.Find(id)));
        Assert.All(ofTheFuture[..2], id => Assert.Null(Sessions.Find(id)));
    }

    [Fact]
    public async Task Sessions_ThatAreOver_MakeRoomForThoseThatAreNot()
    {
        var guest = await AddAccountAsync("guest");
        var expired = await BeginAsync(guest, 1);
        _time.Advance(Session.Longest);
        var live = await BeginAsync(guest, 1);
        var stamp = (guest.SecurityStamp, guest.SecurityStamp = "another").Item1;
        var ofAnotherStamp = await BeginAsync(guest, 1);
        guest.SecurityStamp = stamp;
        var ended = await BeginAsync(guest, SessionStore.MaxPerAccount - 3);
        await _console.Store.WriteAsync(transaction => ended.TrueForAll(id => Sessions.End(transaction, id)), Cancel);

        var begun = await BeginAsync(guest, 2);

        Assert.Equal(SessionStore.MaxPerAccount, await CountAsync("sessions"));
        Assert.All([.. live, .. begun, .. ended], id => Assert.NotNull(Sessions.Find(id)));
        Assert.All([.. expired, .. ofAnotherStamp], id => Assert.Null(Sessions.Find(id)));
    }

    [Fact]
    public async Task Networks_KnownBeforeTheClockWasSetBack_MakeRoomForTheNewOne()
    {
        var guest = await AddAccountAsync("guest");
        await RememberAsync(Enumerable.Range(0, AccountTable.MaxKnownNetworks), _time.GetUtcNow().AddHours(1));

        await RememberAsync([100], _time.GetUtcNow());

        Assert.Equal(AccountTable.MaxKnownNetworks, await CountAsync("known_addresses"));
        Assert.True(await _console.Store.ReadAsync(connection => AccountTable.Knows(connection, guest.Id, "10.0.0.100"), Cancel));

        Task<int> RememberAsync(IEnumerable<int> networks, DateTimeOffset at) => _console.Store.WriteAsync(
            transaction =>
            {
                var all = networks.ToList();
                all.ForEach(network => AccountTable.Remember(transaction, _console.Store.Dialect, guest.Id, $"10.0.0.{network}", at));
                return all.Count;
            }, Cancel);
    }

    [Fact]
    public async Task Links_ThatExpired_AreRemovedWithTheNextOne()
    {
        var invitations = new InvitationStore(_console.Store, _time);
        await MakeAsync("1");
        await MakeAsync("2");
        _time.Advance(InvitationStore.Invited + TimeSpan.FromHours(25));

        await MakeAsync("3");

        Assert.Equal(["3"], await ListAsync("SELECT account FROM invitations"));

        Task MakeAsync(string account) => _console.Store.WriteAsync(transaction => invitations.Make(transaction, account, "owner"), Cancel);
    }

    [Fact]
    public async Task MachineTokens_ThatWereOverForNinetyDays_AreRemovedWithTheNextOne()
    {
        const long Day = 86_400_000;
        await AddTokenAsync("ran out", 0, until: Day, revoked: null);
        await AddTokenAsync("revoked", 0, until: 400 * Day, revoked: Day);
        await AddTokenAsync("revoked lately", 0, until: 400 * Day, revoked: 2 * Day);
        await AddTokenAsync("good", 0, until: 400 * Day, revoked: null);
        Assert.Equal(4, await CountAsync("machine_tokens"));

        var now = DateTimeOffset.FromUnixTimeMilliseconds((91 * Day) + 1);
        var owner = new Session("", "1", "owner", Grants.None, null, now, now, now, IsOver: false);
        await _console.Store.WriteAsync(
            transaction =>
            {
                ApiTokenTable.Add(transaction, "new", "new", ["api"], owner, now, now.AddDays(1));
                return true;
            }, Cancel);

        Assert.Equal(["good", "new", "revoked lately"], await ListAsync("SELECT name FROM machine_tokens ORDER BY name"));

        Task AddTokenAsync(string name, long at, long until, long? revoked) => _console.Store.WriteAsync(
            transaction => transaction.Connection!.Execute(
                "INSERT INTO machine_tokens (id, name, hash, scopes, made_by, made_at, until, revoked_at) VALUES (@name, @name, @name, "
                    + "'api', 'owner', @at, @until, @revoked)",
                new { name, at, until, revoked }, transaction), Cancel);
    }

    /// <summary>Signs the account in, once a second.</summary>
    /// <returns>The sessions' ids.</returns>
    private Task<List<string>> BeginAsync(Account account, int times) => _console.Store.WriteAsync(
        transaction => Enumerable.Range(0, times).Select(_ =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            return Sessions.Begin(transaction, account, null, _time.GetUtcNow());
        }).ToList(), Cancel);

    /// <returns>The number of runs of the instance afterwards.</returns>
    private async Task<int> ClaimAsync()
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        var run = new Run(Guid.CreateVersion7(), "probe", Cache, "abc", 0, "", "guest", "", _time.GetUtcNow());
        Assert.Null(await _runs.ClaimAsync(run, Cancel));
        await _runs.EndAsync(run.Id, ProbeAction.Well, Cancel);
        return await CountAsync("runs WHERE instance = 'cache'");
    }

    /// <returns>The number of swaps afterwards.</returns>
    private async Task<int> BeginAsync(int spare)
    {
        var run = new Run(Guid.CreateVersion7(), "cache.flush", Cache, "abc", 0, "", "guest", "", _time.GetUtcNow());
        Assert.True(await _swaps.BeginAsync(run, spare, 10, isChecked: true, Cancel));
        return await CountAsync("swaps");
    }

    private async Task<Account> AddAccountAsync(string name) => await _console.Store.WriteAsync(
        transaction =>
        {
            var account = new Account { Name = name, PlainName = name.ToUpperInvariant(), CreatedAt = _time.GetUtcNow() };
            AccountTable.Add(transaction, account);
            return account;
        }, Cancel);

    /// <summary>Adds runs that are over, one after another, the last of them now.</summary>
    private Task<int> AddRunsAsync(string instance, int count, TimeSpan apart) => _console.Store.WriteAsync(
        transaction => transaction.Connection!.Execute(
            "INSERT INTO runs (id, action, instance, run_id, database, scope, operator, replica, lease, begun_at, ended_at, result) "
            + "VALUES (@id, 'probe', @instance, 'abc', 0, '', @name, 'here-1', @at, @at, @at, 'done')",
            Enumerable.Range(0, count)
                .Select(
                    number =>
                        new
                        {
                            id = Guid.NewGuid().ToString(),
                            instance,
                            name = $"{instance}-{number}",
                            at = Before(count - number, apart)
                        }), transaction), Cancel);

    private Task<int> AddSwapsAsync(int count, string state, TimeSpan apart) => _console.Store.WriteAsync(
        transaction => transaction.Connection!.Execute(
            "INSERT INTO swaps (id, instance, run_id, database, spare, keys, operator, state, swapped_at, ends_at, ended_at) VALUES "
                + "(@id, 'cache', 'abc', 0, 15, 1, 'guest', @state, @at, @at, @at)",
            Enumerable.Range(0, count).Select(number => new { id = Guid.NewGuid().ToString(), state, at = Before(count - number, apart) }),
            transaction), Cancel);

    private long Before(int times, TimeSpan apart) => (_time.GetUtcNow() - (times * apart)).ToUnixTimeMilliseconds();

    private Task<int> WriteAsync(string sql) =>
        _console.Store.WriteAsync(transaction => transaction.Connection!.Execute(sql, transaction: transaction), Cancel);

    private Task<int> CountAsync(string what) =>
        _console.Store.ReadAsync(connection => connection.QuerySingle<int>($"SELECT count(*) FROM {what}"), Cancel);

    private Task<List<string>> ListAsync(string sql) =>
        _console.Store.ReadAsync(connection => connection.Query<string>(sql).AsList(), Cancel);
}
