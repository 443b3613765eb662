using Dashboard.Access.Accounts;
using Dashboard.Access.Administration;
using Dashboard.Access.ApiTokens;
using Dashboard.Access.Roles;
using Dashboard.Access.Sessions;
using Dashboard.Access.SignIn;
using Dashboard.Actions;
using Dashboard.Actions.Execution;
using Dashboard.Audit;
using Dashboard.Audit.Events;
using Dashboard.Consoles;
using Dashboard.Instances;
using Dashboard.Realtime;
using Dashboard.Servers;
using Dashboard.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Dashboard.Scenarios;

/// <summary>
/// A change made in this console reaches its open pages by event: the clock stands still, or moves by less than any period, so nothing is
/// re-read. A change that another console makes in the same files raises no event here, like a lost event: the periodic re-read brings it.
/// </summary>
[Trait("Slow", "yes")]
public sealed class ChangesReachPagesTests : IAsyncDisposable
{
    private static readonly InstanceId Cache = InstanceId.Of("cache");

    private readonly FakeTimeProvider _time = new(Given.Start);
    private readonly HostedConsole _console;

    public ChangesReachPagesTests() => _console = new() { ReplaceServices = services => services.AddSingleton<TimeProvider>(_time) };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private IConsoleStore Store => _console.Service<IConsoleStore>();

    private SessionStore Sessions => _console.Service<SessionStore>();

    private AccountAdministration Accounts => _console.Service<AccountAdministration>();

    public ValueTask DisposeAsync() => _console.DisposeAsync();

    [Fact]
    public async Task NewAccountAndNewToken_ReachTheOpenPageOfAnotherOwner()
    {
        using var guest = await _console.PersonAsync("guest", OperatorRole.Owner);
        var owner = await OwnerAsync();
        await using var accounts = await HostedCircuit.OpenAsync(_console, guest, "/accounts");
        var page = new DrawnText(accounts);

        await Accounts.InviteAsync(owner, "newcomer", new([new Grant(OperatorRole.Operator)]), Cancel);
        await page.HasAsync("newcomer");

        // This page is never re-read without an event. It reads once a second at most.
        await _console.Service<ApiTokenAdministration>().MakeAsync(owner, "scraper", [ApiTokenScope.Api], 1, Cancel);
        await AppearsLaterAsync(page, "scraper");
    }

    [Fact]
    public async Task DemotedThenDisabled_LosesTheOpenPageAtOnce()
    {
        using var guest = await _console.PersonAsync("guest", OperatorRole.Owner);
        var owner = await OwnerAsync();
        await using var accounts = await HostedCircuit.OpenAsync(_console, guest, "/accounts");
        var page = new DrawnText(accounts);

        await Accounts.GrantAsync(owner, await AccountOfAsync("guest"), new([new Grant(OperatorRole.Operator)]), Cancel);
        await page.HasAsync("You may not see this page");

        await Accounts.DisableAsync(owner, await AccountOfAsync("guest"), Cancel);
        await page.HasAsync("Your session has ended");
    }

    [Fact]
    public async Task SignOut_ReachesTheOtherPagesOfTheSession()
    {
        using var guest = await _console.PersonAsync("guest", OperatorRole.Operator);
        await using var board = await HostedCircuit.OpenAsync(_console, guest, "/");
        var page = new DrawnText(board);

        await Store.WriteAsync(transaction => Sessions.End(transaction, _console.SessionOf(guest)), Cancel);

        await page.HasAsync("Your session has ended");
    }

    [Fact]
    public async Task RunThatBeginsAndEnds_ReachesAnOpenPage()
    {
        using var owner = await _console.SignedInAsync();
        await using var circuit = await HostedCircuit.OpenAsync(_console, owner, "/instances/cache/actions");
        var page = new DrawnText(circuit);
        var (runs, run) = (_console.Service<RunStore>(), NewRun());

        await RunUntilReadAsync(() => runs.ClaimAsync(run, Cancel));
        _time.Advance(TimeSpan.FromMilliseconds(130));
        await page.HasAsync("deployer");

        await RunUntilReadAsync(() => runs.EndAsync(run.Id, new ActionOutcome(AuditResult.Done, "Seven keys are gone."), Cancel));
        _time.Advance(TimeSpan.FromMilliseconds(460));
        await page.HasAsync("Seven keys are gone.");
    }

    [Fact]
    public async Task AuditRow_ReachesAnOpenPage_AndNoPageOfOlderRows()
    {
        using var owner = await _console.SignedInAsync();
        await using var newest = await HostedCircuit.OpenAsync(_console, owner, "/audit");
        await using var older = await HostedCircuit.OpenAsync(_console, owner, "/audit?before=3");
        var (page, olderPage) = (new DrawnText(newest), new DrawnText(older));

        await _console.Service<AuditTrail>().NoteAsync(new("probe", "guest") { Reason = "brought by an event" }, Cancel);

        await page.HasAsync("brought by an event");
        Assert.False(olderPage.Has("brought by an event"));
    }

    [Fact]
    public async Task ChangesOfAnotherConsole_AreBroughtByThePeriodicReRead()
    {
        using var guest = await _console.PersonAsync("guest", OperatorRole.Operator);
        await using var board = await HostedCircuit.OpenAsync(_console, guest, "/");
        using var owner = await _console.SignedInAsync();
        await using var instance = await HostedCircuit.OpenAsync(_console, owner, "/instances/cache/actions");
        await using var audit = await HostedCircuit.OpenAsync(_console, owner, "/audit");
        var (ended, runs, rows) = (new DrawnText(board), new DrawnText(instance), new DrawnText(audit));
        using var other = new OpenTrail(_console.DataFolder, _time, "there-1");

        await new RunStore(other.Store, new ReplicaId("there-1"), [], _time).ClaimAsync(NewRun(), Cancel);
        await other.Trail.NoteAsync(new("probe", "guest") { Reason = "brought by a re-read" }, Cancel);
        var otherSessions = new SessionStore(other.Store, _time);
        await other.Store.WriteAsync(transaction => otherSessions.End(transaction, _console.SessionOf(guest)), Cancel);
        Assert.False(runs.Has("deployer") || rows.Has("brought by a re-read") || ended.Has("Your session has ended"));

        await AppearsLaterAsync(runs, "deployer");
        await AppearsLaterAsync(rows, "brought by a re-read");
        await AppearsLaterAsync(ended, "Your session has ended");
    }

    /// <summary>A change that another console makes to an account raises no event here; the re-read finds its audit row.</summary>
    [Fact]
    public async Task AccountsOfAnotherConsole_AreBroughtByTheirAuditRow()
    {
        using var owner = await _console.SignedInAsync();
        await using var accounts = await HostedCircuit.OpenAsync(_console, owner, "/accounts");
        var page = new DrawnText(accounts);
        using var other = new OpenTrail(_console.DataFolder, _time, "there-1");
        var account = new Account { Name = "keeper", PlainName = "KEEPER", CreatedAt = _time.GetUtcNow() };

        await other.Trail.WriteAsync<bool>(
            transaction =>
            {
                AccountTable.Add(transaction, account);
                return (true, new("account.invite", "guest") { Subject = "keeper" });
            },
            Cancel);

        await AppearsLaterAsync(page, "keeper");
    }

    private Task AppearsLaterAsync(DrawnText page, string text) => Eventually.Async(() =>
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        return Task.FromResult(page.Has(text));
    });

    /// <summary>Runs the act and waits until the cache has read what it changed, and the page has asked to be drawn.</summary>
    private async Task RunUntilReadAsync(Func<Task> act)
    {
        var read = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void OnRead() => read.TrySetResult();
        _console.Service<RunCache>().Changed += OnRead;
        await act();
        await read.Task.WaitAsync(Eventually.Cancel);
        _console.Service<RunCache>().Changed -= OnRead;
    }

    private Run NewRun() => new(Guid.CreateVersion7(), "cache.flush", Cache, new string('a', 40), 0, "", "deployer", "", _time.GetUtcNow());

    private async Task<string> OwnerAsync()
    {
        var account = await Store.ReadAsync(connection => AccountTable.FindByName(connection, HostedConsole.Owner), Cancel);
        return (await _console.Service<SessionIssuer>().LetInAsync(account!, null, "password", Cancel))!.SessionId()!;
    }

    private Task<string> AccountOfAsync(string name) =>
        Store.ReadAsync(connection => AccountTable.FindByName(connection, name)!.Id, Cancel);
}
