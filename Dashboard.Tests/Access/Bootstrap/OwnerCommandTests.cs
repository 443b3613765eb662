using System.Net;
using System.Text.RegularExpressions;
using Dapper;
using Dashboard.Access.Invitations;
using Dashboard.Audit.Chain;
using Dashboard.Audit.Integrity;
using Dashboard.Consoles;
using Dashboard.Packaging;
using Dashboard.Servers;
using Dashboard.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Access.Bootstrap;

/// <summary><c>dotnet Dashboard.dll owner …</c> in its own process, next to a running console.</summary>
[Trait("Slow", "yes")]
public sealed partial class OwnerCommandTests : IAsyncDisposable
{
    private const string Chosen = "a long and quiet evening";

    private readonly HostedConsole _console = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _console.DisposeAsync();

    [Fact]
    public async Task LockedOutOwner_GetsANewLink_AndTheAuditLogRecordsIt()
    {
        using var before = await _console.SignedInAsync();
        await WriteAsync("UPDATE accounts SET two_factor = 1, authenticator_key = 'lost'");

        var outcome = await RunAsync("recover", HostedConsole.Owner);

        Assert.Equal((OwnerCommand.Done, ""), (outcome.ExitCode, outcome.Error));
        Assert.True(outcome.Output.Contains("(the console's address)/set-up#", StringComparison.Ordinal), "no link");
        Assert.Equal(HttpStatusCode.Redirect, (await before.GetAsync("/")).StatusCode);
        using var guest = _console.Visit();
        Assert.Equal(HttpStatusCode.OK, (await guest.SignInAsync(HostedConsole.Owner, HostedConsole.Password)).StatusCode);
        var secret = Link().Match(outcome.Output).Groups[1].Value;
        Assert.Null(await AcceptAsync(secret));
        Assert.NotNull(await AcceptAsync(secret));
        using var after = await _console.SignedInAsync(password: Chosen);
        Assert.Equal(HttpStatusCode.OK, (await after.GetAsync("/accounts")).StatusCode);

        var row = Assert.Single(await RowsAsync(), row => row.Action == "account.recover");
        Assert.Equal(("shell", "owner", "done", null), (row.Actor, row.Subject, row.Result, row.Address));
        Assert.StartsWith("password and second factor removed; one-time link shown to ", row.Detail, StringComparison.Ordinal);
        Assert.True((await _console.Service<AuditIntegrityMonitor>().CheckAsync(all: true, Cancel)).IsSound);
        Assert.False(
            (await File.ReadAllTextAsync(
                Path.Combine(_console.DataFolder, "console.db-wal"), System.Text.Encoding.Latin1, Cancel)).Contains(
                    secret, StringComparison.Ordinal), "the link is kept as its hash alone");
    }

    [Theory]
    [InlineData("nobody", "There is no account “nobody”.")]
    [InlineData("viewer", "viewer is not an owner: an owner can reset their password on the Accounts page.")]
    public async Task AccountThatIsNoOwner_IsNotRecovered_AndTheRefusalIsRecorded(string name, string sentence)
    {
        using var owner = await _console.SignedInAsync();
        await WriteAsync(
            "INSERT INTO accounts (id, name, plain_name, security_stamp, created_at) VALUES ('v', 'viewer', 'VIEWER', 's', 0)");

        var outcome = await RunAsync("recover", name);

        Assert.Equal((OwnerCommand.NotDone, "", sentence + "\n"), (outcome.ExitCode, outcome.Output, outcome.Error));
        Assert.Equal(
            ("refused", sentence),
            Assert.Single(await RowsAsync(), row => row.Action == "account.recover") is var row ? (row.Result, row.Detail) : default);
        Assert.Equal(HttpStatusCode.OK, (await owner.GetAsync("/accounts")).StatusCode);
    }

    /// <summary>A local password beside the provider's sign-in would be a way in that the provider does not know.</summary>
    [Fact]
    public async Task OwnerOfAProvider_IsNotGivenAPassword()
    {
        using var owner = await _console.SignedInAsync();
        await WriteAsync(
            "INSERT INTO accounts (id, name, plain_name, security_stamp, created_at, issuer, subject) "
                + "VALUES ('p', 'lead', 'LEAD', 's', 0, 'https://provider.example', '1')");
        await WriteAsync("INSERT INTO grants (account, role) VALUES ('p', 'owner')");

        var outcome = await RunAsync("recover", "lead");

        Assert.Equal((OwnerCommand.NotDone, ""), (outcome.ExitCode, outcome.Output));
        Assert.StartsWith("lead signs in through the provider and has no password here.", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FolderWithoutAConsole_IsReported_AndNothingIsCreated()
    {
        var outcome = await RunAsync("recover", "owner");

        Assert.Equal((OwnerCommand.Unusable, ""), (outcome.ExitCode, outcome.Output));
        Assert.StartsWith($"{Path.Combine(_console.DataFolder, "console.db")} does not exist", outcome.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_console.DataFolder));
    }

    [Theory]
    [InlineData("recover")]
    [InlineData("invite", "somebody")]
    [InlineData("inivte")]
    public async Task UnknownArguments_AreRefused(params string[] arguments)
    {
        var outcome = await RunAsync(arguments);

        Assert.Equal((OwnerCommand.UsageError, "The commands are: owner invite, owner recover NAME\n"), (outcome.ExitCode, outcome.Error));
    }

    /// <summary>Run as copied from the log: in another folder, and with none of the console's settings.</summary>
    [Fact]
    public async Task CommandFromTheLog_MakesALinkForTheFirstOwner_AndTheAuditLogRecordsIt()
    {
        await using var console =
            new HostedConsole(("Dashboard:OwnerPasswordFile", ""), ("Dashboard:PublicUrl", "https://console.example"));
        _ = console.Services;
        var said =
            await Eventually.Async(() => Task.FromResult(console.LogText), said =>
                said.Contains(" owner invite ", StringComparison.Ordinal));
        var command = LoggedCommand().Match(said).Groups[1].Value.Trim();

        var (first, second) = (
            await Shell.RunAsync(["sh", "-c", command], folder: "/"), await Shell.RunAsync(["sh", "-c", command], folder: "/"));

        Assert.Equal((OwnerCommand.Done, "", OwnerCommand.Done, ""), (first.ExitCode, first.Error, second.ExitCode, second.Error));
        Assert.Contains("\n  https://console.example/set-up#", second.Output, StringComparison.Ordinal);
        Assert.Contains("Open this link within 30 minutes", second.Output, StringComparison.Ordinal);
        var (replaced, secret) = (Link().Match(first.Output).Groups[1].Value, Link().Match(second.Output).Groups[1].Value);
        Canaries.Register(replaced);
        Canaries.Register(secret);
        Assert.NotNull(await AcceptAsync(replaced, console, "guest"));
        Assert.Null(await AcceptAsync(secret, console, "guest"));
        using var guest = console.Visit("https://console.example");
        Assert.Equal(HttpStatusCode.Redirect, (await guest.SignInAsync("guest", Chosen)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await guest.GetAsync("/accounts")).StatusCode);
        var rows = (await RowsAsync(console)).Where(row => row.Action == "set-up.link").ToList();
        Assert.Equal([("shell", "done", null), ("shell", "done", null)], rows.Select(row => (row.Actor, row.Result, row.Address)));
        Assert.All(rows, row => Assert.StartsWith("one-time link for the first owner shown to ", row.Detail, StringComparison.Ordinal));
        Assert.True((await console.Service<AuditIntegrityMonitor>().CheckAsync(all: true, Cancel)).IsSound);
    }

    [Fact]
    public async Task Invite_WhereAnAccountExistsOrExisted_IsRefused_WithWhatToDo_AndRecorded()
    {
        using var owner = await _console.SignedInAsync();

        var there = await RunAsync("invite");
        await WriteAsync("DELETE FROM accounts");
        var gone = await RunAsync("invite");

        Assert.Equal(
            (OwnerCommand.NotDone, "", "owner is already an owner. If they cannot sign in, "
                + "run the same command with recover owner instead of invite.\n"), (there.ExitCode, there.Output, there.Error));
        Assert.Equal((OwnerCommand.NotDone, ""), (gone.ExitCode, gone.Output));
        Assert.StartsWith("This console was used before", gone.Error, StringComparison.Ordinal);
        Assert.Equal(
            [("shell", "refused", there.Error.Trim()), ("shell", "refused", gone.Error.Trim())],
            (await RowsAsync()).Where(row => row.Action == "set-up.link").Select(row => (row.Actor, row.Result, row.Detail!)));
        Assert.Equal(
            0,
            await _console.Service<IConsoleStore>().ReadAsync(connection => connection.QuerySingle<int>("SELECT count(*) FROM "
                + "invitations"), Cancel));
    }

    private Task<Shell.Outcome> RunAsync(params string[] arguments) => Shell.RunAsync(
        ["dotnet", Path.Combine(AppContext.BaseDirectory, "Dashboard.dll"), "owner", .. arguments,
            $"--Dashboard:DataFolder={_console.DataFolder}", "--Dashboard:Instances:cache:Url=redis://127.0.0.1:1",
            "--urls=http://127.0.0.1:0"],
        new Dictionary<string, string> { ["DOTNET_ENVIRONMENT"] = "Production" }, Path.GetDirectoryName(_console.DataFolder));

    private async Task<string?> AcceptAsync(string secret, HostedConsole? console = null, string name = "")
    {
        await using var scope = (console ?? _console).Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<InvitationAcceptance>()
            .AcceptAsync(secret, name, Chosen, IPAddress.Loopback, Cancel);
    }

    private Task<int> WriteAsync(string sql) =>
        _console.Service<IConsoleStore>().WriteAsync(transaction => transaction.Connection!.Execute(sql, transaction: transaction), Cancel);

    private Task<List<AuditRow>> RowsAsync(HostedConsole? console = null) =>
        (console ?? _console).Service<IConsoleStore>().ReadAsync(connection => AuditRows.After(connection, 0).ToList(), Cancel);

    [GeneratedRegex(@"/set-up#(\S+)")]
    private static partial Regex Link();

    [GeneratedRegex(@"run: (.* owner invite .*)")]
    private static partial Regex LoggedCommand();
}
