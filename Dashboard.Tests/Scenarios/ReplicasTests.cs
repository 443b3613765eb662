using Dashboard.Access.Roles;
using Dashboard.Access.Sessions;
using Dashboard.Actions;
using Dashboard.Actions.Execution;
using Dashboard.Consoles;
using Dashboard.Instances;
using Dashboard.Instances.Purposes;
using Dashboard.Realtime;
using Dashboard.Servers;
using Dashboard.Storage;
using Dashboard.Valkey.Permissions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Dashboard.Scenarios;

/// <summary>
/// Two whole consoles that share a data folder, with the backplane between them. Their clocks stand still: nothing is read again, so what a
/// page shows came over the cable instance.
/// </summary>
[Trait("Needs", "Server"), Trait("Server", "Any")]
public sealed class ReplicasTests : IAsyncLifetime
{
    private const string Password = "carries hints";

    private readonly FakeTimeProvider _time = new(Given.Start);
    private TestServer _cable = null!;
    private HostedConsole _here = null!;
    private HostedConsole _there = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _cable = await TestServer.WithPasswordAsync("admins", AclRules.Line(Purpose.Cable, ConnectionRole.Backplane, Password));
        (string, string)[] settings =
        [
            ("Dashboard:Instances:cable:Url", $"redis://{_cable.Endpoint}"),
            ("Dashboard:Instances:cable:Backplane:User", AclRules.UserOf(ConnectionRole.Backplane)),
            ("Dashboard:Instances:cable:Backplane:PasswordFile", await _cable.PasswordFileAsync(Password + "\n")),
        ];
        _here = new(settings) { ReplaceServices = services => services.AddSingleton<TimeProvider>(_time) };
        _there = new(settings)
        {
            DataFolder = _here.DataFolder, ReplaceServices = services => services.AddSingleton<TimeProvider>(_time),
        };
        foreach (var console in (HostedConsole[])[_here, _there])
        {
            await Eventually.Async(
                () => Task.FromResult(console.Service<Backplane>().State), state => state.Level == BackplaneLevel.Connected);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _there.DisposeAsync();
        await _here.DisposeAsync();
        await _cable.DisposeAsync();
    }

    [Fact]
    public async Task WhatOneConsoleChanges_ReachesAnOpenPageOfTheOther_WithoutARead()
    {
        using var guest = await _here.PersonAsync("guest", OperatorRole.Operator);
        using var owner = await _here.SignedInAsync();
        await using var board = await HostedCircuit.OpenAsync(_here, guest, "/");
        await using var instance = await HostedCircuit.OpenAsync(_here, owner, "/instances/cache/actions");
        var (ended, runs) = (new DrawnText(board), new DrawnText(instance));
        var run = new Run(
            Guid.CreateVersion7(), "cache.flush", InstanceId.Of("cache"), new string('a', 40), 0, "", "deployer", "", _time.GetUtcNow());

        await _there.Service<RunStore>().ClaimAsync(run, Cancel);
        await Eventually.Async(
            () => Task.FromResult(_here.Service<RunCache>().Of(run.Instance).All?.Any(known => known.Id == run.Id) == true));
        await DrawnAsync(runs, "deployer");

        var sessions = _there.Service<SessionStore>();
        await _there.Service<IConsoleStore>().WriteAsync(
            transaction => sessions.End(transaction, _here.SessionOf(guest)), Cancel);
        await DrawnAsync(ended, "Your session has ended");
    }

    [Fact]
    public async Task WhoHasThePageOpen_OnTheOtherConsole_IsShown()
    {
        using var guest = await _here.PersonAsync("guest", OperatorRole.Operator);
        using var owner = await _there.SignedInAsync();
        await using var page = await HostedCircuit.OpenAsync(_here, guest, "/instances/cache/actions");
        var drawn = new DrawnText(page);
        await using var other = await HostedCircuit.OpenAsync(_there, owner, "/instances/cache/actions");

        await Eventually.Async(() =>
        {
            // A period of the worker; the files are written and read meanwhile.
            _time.Advance(TimeSpan.FromSeconds(5));
            return Task.FromResult(drawn.Has("1 other here"));
        });
    }

    /// <summary>Lets the page draw, which takes less than the shortest period after which the store is read.</summary>
    private async Task DrawnAsync(DrawnText page, string text)
    {
        var drawn = TimeSpan.Zero;
        await Eventually.Async(() =>
        {
            if (drawn < TimeSpan.FromMilliseconds(900))
            {
                drawn += TimeSpan.FromMilliseconds(5);
                _time.Advance(TimeSpan.FromMilliseconds(5));
            }

            return Task.FromResult(page.Has(text));
        });
    }
}
