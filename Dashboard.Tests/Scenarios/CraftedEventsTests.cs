using Dapper;
using Dashboard.Access.Roles;
using Dashboard.Access.Sessions;
using Dashboard.Benchmarks.Viewers;
using Dashboard.Consoles;
using Dashboard.Servers;
using Dashboard.Storage;

namespace Dashboard.Scenarios;

/// <summary>Circuits that send what no page would: guessed event handlers, guessed methods, nonsense.</summary>
[Trait("Slow", "yes")]
public sealed class CraftedEventsTests : IAsyncDisposable
{
    /// <summary>How often what was drawn in the meantime is clicked as well.</summary>
    private const int Rounds = 3;

    private readonly HostedConsole _console = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _console.DisposeAsync();

    [Fact]
    public async Task Viewer_WhoGuessesEventHandlers_ChangesNothing()
    {
        using var viewer = await _console.PersonAsync("guest", OperatorRole.Viewer);
        using var owner = await _console.SignedInAsync();
        await using var other = await HostedCircuit.OpenAsync(_console, owner, "/accounts");
        var before = await StateAsync();

        foreach (var path in new[] { "/accounts", "/", "/more" })
        {
            await using var crafted = await HostedCircuit.OpenAsync(_console, viewer, path);
            await ClickAllAsync(crafted, other.ClickHandlers);
        }

        Assert.Equal(before, await StateAsync());

        // The same clicks have an effect on the owner's page: what decides is whose page it is.
        await ClickAllAsync(other, other.ClickHandlers);
        await Eventually.Async(() => StateAsync(), state => state != before);
    }

    [Fact]
    public async Task Owner_DemotedWhileThePageIsOpen_IsRefusedAndAudited()
    {
        using var guest = await _console.PersonAsync("guest", OperatorRole.Owner);
        await using var page = await HostedCircuit.OpenAsync(_console, guest, "/accounts");
        await _console.Service<SessionMonitor>().StopAsync(Cancel); // The page does not know yet.
        await WriteAsync("UPDATE grants SET role = 'viewer' WHERE account = (SELECT id FROM accounts WHERE name = 'guest')");
        var before = await StateAsync("WHERE result <> 'refused'");

        await ClickAllAsync(page, page.ClickHandlers);

        await Eventually.Async(
            () => CountAsync("SELECT count(*) FROM audit WHERE result = 'refused' AND actor = 'guest' AND action <> 'sign-in'"),
            refused => refused > 0);
        Assert.Equal(before, await StateAsync("WHERE result <> 'refused'"));
    }

    [Fact]
    public async Task MethodsNotMeantForPages_CannotBeCalled()
    {
        using var viewer = await _console.PersonAsync("guest", OperatorRole.Viewer);
        await using var crafted = await HostedCircuit.OpenAsync(_console, viewer, "/");
        var before = await StateAsync();
        var answers = new List<(bool Done, string Text)>();

        foreach (var method in new[] { "DisableAsync", "InviteAsync", "ActAsync", "MakeAsync", "WriteAsync", "ToString", "GetType",
            "Dispose", "DisposeAsync" })
        {
            for (var target = 1; target <= 6; target++)
            {
                answers.Add(await crafted.CallAsync(null, method, target, "[]"));
            }

            answers.Add(await crafted.CallAsync("Dashboard", method, 0, "[]"));
            answers.Add(await crafted.CallAsync("System.Private.CoreLib", method, 0, "[]"));
            answers.Add(await crafted.CallAsync("../../Dashboard", method, -1, "nonsense"));
        }

        Assert.All(answers, answer => Assert.False(answer.Done, answer.Text));
        Assert.All(answers, answer => Assert.DoesNotMatch(@"   at |Exception:|\.cs\b|Dashboard\.[A-Z]", answer.Text));
        Assert.Equal(before, await StateAsync());
    }

    [Theory]
    [InlineData("UpdateRootComponents", "nonsense", "nonsense")]
    [InlineData("OnLocationChanged", "javascript:alert(1)", null, true)]
    [InlineData("EndInvokeJSFromDotNet", 1L, true, "nonsense")]
    [InlineData("NoSuchMethod", "x")]
    public async Task Nonsense_EndsAtMostItsOwnCircuit_AndRevealsNoInternals(string method, params object?[] arguments)
    {
        using var viewer = await _console.PersonAsync("guest", OperatorRole.Viewer);
        using var owner = await _console.SignedInAsync();
        await using var other = await HostedCircuit.OpenAsync(_console, owner, "/");
        await using var crafted = await HostedCircuit.OpenAsync(_console, viewer, "/");

        await crafted.SendAsync(method, arguments);
        var (_, answer) = await crafted.CallAsync("Dashboard", "NoSuchMethod", 0, "[]");

        Assert.NotEmpty(answer);
        Assert.All(crafted.Errors, error => Assert.DoesNotMatch(@"   at |Exception:|\.cs\b|Dashboard\.[A-Z]", error));
        Assert.False((await other.CallAsync("Dashboard", "NoSuchMethod", 0, "[]")).Done);
        Assert.True(other.IsOpen);
        Assert.Empty(other.Errors);
    }

    /// <summary>
    /// Clicks everything, and what that draws. The newest first: what is drawn again has new handlers, and its old ones do nothing.
    /// </summary>
    private static async Task ClickAllAsync(RawCircuit circuit, IReadOnlyCollection<int> handlers)
    {
        var clicked = new HashSet<int>();
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var handler in handlers.Except(clicked).OrderDescending().ToList())
            {
                clicked.Add(handler);
                if (!await TryClickAsync(circuit, handler))
                {
                    return;
                }
            }
        }
    }

    /// <summary>Clicks, and waits until the console has begun to handle it; it may then wait for a person.</summary>
    /// <returns>False once the page has ended.</returns>
    private static async Task<bool> TryClickAsync(RawCircuit circuit, int handler)
    {
        try
        {
            var click = circuit.ClickAsync(handler);
            await Task.WhenAny(click, circuit.CallAsync("Dashboard", "NoSuchMethod", 0, "[]"));
            return circuit.IsOpen;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private Task<int> WriteAsync(string sql) =>
        _console.Service<IConsoleStore>().WriteAsync(transaction => transaction.Connection!.Execute(sql, transaction: transaction), Cancel);

    private Task<long> CountAsync(string sql) =>
        _console.Service<IConsoleStore>().ReadAsync(connection => connection.QuerySingle<long>(sql), Cancel);

    private Task<string> StateAsync(string rows = "") => _console.Service<IConsoleStore>()
        .ReadAsync(connection => string.Join('\n', connection.Query<string>(
        "SELECT id || security_stamp || coalesce(disabled_at, '') || coalesce(password_hash, '') FROM accounts UNION ALL SELECT account "
            + "|| role || instance FROM grants UNION ALL SELECT id || coalesce(revoked_at, '') FROM machine_tokens "
        + $"UNION ALL SELECT hash FROM invitations UNION ALL SELECT hash || coalesce(ended_at, '') FROM sessions UNION ALL SELECT "
        + $"sequence || action FROM audit {rows}")), Cancel);
}
