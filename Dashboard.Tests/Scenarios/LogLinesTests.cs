using System.Collections.Concurrent;
using System.Net;
using Dapper;
using Dashboard.Access.Accounts;
using Dashboard.Access.Administration;
using Dashboard.Access.ApiTokens;
using Dashboard.Access.Roles;
using Dashboard.Access.Sessions;
using Dashboard.Access.SignIn;
using Dashboard.Consoles;
using Dashboard.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dashboard.Scenarios;

/// <summary>Text that people write cannot make a line of its own, in the log or in the audit log.</summary>
[Trait("Slow", "yes")]
public sealed class LogLinesTests
{
    private const string Hostile = "guest\r\n2026-01-02 owner flushed everything\u001b[2K\u202e\u0000";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task HostileTexts_StayInsideTheirLine()
    {
        var log = new KeptLog();
        await using var console = new HostedConsole { ReplaceServices = services => services.AddSingleton<ILoggerProvider>(log) };
        using var visitor = console.Visit(from: IPAddress.Loopback);
        await visitor.SignInAsync(Hostile, Hostile);
        await visitor.GetAsync("/no/such%0d%0a2026-01-02%20owner%20flushed%20everything", ("User-Agent", "x\u001b[2K"));
        var owner =
            await console.Service<IConsoleStore>()
                .ReadAsync(connection => AccountTable.FindByName(connection, HostedConsole.Owner), Cancel);
        var session = (await console.Service<SessionIssuer>().LetInAsync(owner!, IPAddress.Loopback, Hostile, Cancel))!.SessionId();
        Assert.False(
            (await console.Service<AccountAdministration>()
                .InviteAsync(session, Hostile, new([new Grant(OperatorRole.Viewer)]), Cancel)).IsDone);
        Assert.False((await console.Service<ApiTokenAdministration>().MakeAsync(session, Hostile, [Hostile], 1, Cancel)).IsDone);

        var rows = await console.Service<IConsoleStore>().ReadAsync(
            connection => connection.Query<string>("SELECT actor || coalesce(subject, '') || coalesce(detail, '') || coalesce(address, "
                + "'') FROM audit").AsList(), Cancel);
        Assert.Contains(rows, row => row.Contains("flushed everything", StringComparison.Ordinal));
        Assert.NotEmpty(log.Lines);
        Assert.All([.. rows, .. log.Lines], line => Assert.DoesNotMatch(@"[\p{Cc}\u202a-\u202e\u2066-\u2069]", line));
    }

    /// <summary>A log that keeps its messages, line by line.</summary>
    private sealed class KeptLog : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
                Lines.Enqueue(formatter(state, exception));

        public void Dispose()
        {
            // Nothing to release.
        }
    }
}
