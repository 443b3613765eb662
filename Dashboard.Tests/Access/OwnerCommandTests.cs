using System.Net;
using System.Text.RegularExpressions;
using Dapper;
using Dashboard.Audit;
using Dashboard.Consoles;
using Dashboard.FrontDoor;
using Dashboard.Store;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Access;

/// <summary><c>dotnet Dashboard.dll owner recover</c> in a process of its own, beside a console that runs.</summary>
public sealed partial class OwnerCommandTests : IAsyncDisposable
{
    private const string Chosen = "a long and quiet evening";

    private readonly HostedConsole _console = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _console.DisposeAsync();

    [Fact]
    public async Task LockedOutOwner_BeginsAgain_AndTheLogTellsOfIt()
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
        Assert.StartsWith("password and second factor void; one-time link shown to ", row.Detail, StringComparison.Ordinal);
        Assert.True((await _console.Service<AuditWatch>().CheckAsync(all: true, Cancel)).IsSound);
        Assert.False((await File.ReadAllTextAsync(Path.Combine(_console.DataFolder, "console.db-wal"), System.Text.Encoding.Latin1, Cancel)).Contains(secret, StringComparison.Ordinal), "the link is kept as its hash alone");
    }

    [Theory]
    [InlineData("nobody", "There is no account “nobody”.")]
    [InlineData("viewer", "viewer is no owner: an owner can reset their password on the Accounts page.")]
    public async Task WhoIsNoOwner_IsNotLetIn_AndThatIsWrittenDownToo(string name, string sentence)
    {
        using var owner = await _console.SignedInAsync();
        await WriteAsync("INSERT INTO accounts (id, name, plain_name, security_stamp, created_at) VALUES ('v', 'viewer', 'VIEWER', 's', 0)");

        var outcome = await RunAsync("recover", name);

        Assert.Equal((OwnerCommand.NotDone, "", sentence + "\n"), (outcome.ExitCode, outcome.Output, outcome.Error));
        Assert.Equal(("refused", sentence), Assert.Single(await RowsAsync(), row => row.Action == "account.recover") is var row ? (row.Result, row.Detail) : default);
        Assert.Equal(HttpStatusCode.OK, (await owner.GetAsync("/accounts")).StatusCode);
    }

    [Fact]
    public async Task FolderWithoutAConsole_IsSaid_AndNothingIsMade()
    {
        var outcome = await RunAsync("recover", "owner");

        Assert.Equal((OwnerCommand.Unusable, ""), (outcome.ExitCode, outcome.Output));
        Assert.StartsWith($"{Path.Combine(_console.DataFolder, "console.db")} does not exist", outcome.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_console.DataFolder));
    }

    [Fact]
    public async Task WithoutAName_IsNotUnderstood()
    {
        var outcome = await RunAsync("recover");

        Assert.Equal((OwnerCommand.NotUnderstood, "Known is: owner recover NAME\n"), (outcome.ExitCode, outcome.Error));
    }

    private Task<Shell.Outcome> RunAsync(params string[] words) => Shell.RunAsync(
        ["dotnet", Path.Combine(AppContext.BaseDirectory, "Dashboard.dll"), "owner", .. words, $"--Dashboard:DataFolder={_console.DataFolder}", "--Dashboard:Instances:cache:Url=redis://127.0.0.1:1", "--urls=http://127.0.0.1:0"],
        new Dictionary<string, string> { ["DOTNET_ENVIRONMENT"] = "Production" }, Path.GetDirectoryName(_console.DataFolder));

    private async Task<string?> AcceptAsync(string secret)
    {
        await using var scope = _console.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<SetUp>().AcceptAsync(secret, "", Chosen, IPAddress.Loopback, Cancel);
    }

    private Task<int> WriteAsync(string sql) => _console.Service<ConsoleStore>().WriteAsync(transaction => transaction.Connection!.Execute(sql, transaction: transaction), Cancel);

    private Task<List<AuditRow>> RowsAsync() => _console.Service<ConsoleStore>().ReadAsync(connection => AuditRows.After(connection, 0).ToList(), Cancel);

    [GeneratedRegex(@"/set-up#(\S+)")]
    private static partial Regex Link();
}
