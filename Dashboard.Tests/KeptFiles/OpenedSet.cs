using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Dapper;
using Dashboard.Consoles;
using Dashboard.Servers;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.KeptFiles;

/// <summary>A console of the present build over a copy of a set. None of the servers that the set names answers.</summary>
internal sealed class OpenedSet : IAsyncDisposable
{
    private const string SessionCookie = "__Host-dashboard-session";

    private readonly TestFolder _folder = new();

    /// <param name="after">How long after the set was made the console's clock begins.</param>
    public OpenedSet(KeptSet set, TimeSpan after)
    {
        (Set, Known, Clock) = (set, set.Known, new(set.Known.Made + after));
        set.CopyTo(DataFolder);
        Console = new([("Dashboard:OwnerPasswordFile", ""), .. Known.Instances.SelectMany(SettingsOf)])
        {
            DataFolder = DataFolder,
            ReplaceServices = services => services.AddSingleton<TimeProvider>(Clock),
        };
    }

    public KeptSet Set { get; }

    public KnownFacts Known { get; }

    public ShiftedClock Clock { get; }

    public HostedConsole Console { get; }

    public string DataFolder => _folder.File("data");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Starts the console, and waits until it has ended what was in progress and has written its first readings.</summary>
    public async Task StartAsync()
    {
        _ = Console.Services;
        const string inProgress = "SELECT (SELECT count(*) FROM leases) + (SELECT count(*) FROM runs WHERE ended_at IS NULL)";
        const string newest = "SELECT max(at) FROM readings_1s";
        await Eventually.Async(() => Task.FromResult(Ask<long>("console.db", inProgress) == 0));
        await Eventually.Async(() => Task.FromResult(Ask<long>("history.db", newest) > Known.Made.ToUnixTimeMilliseconds()));
    }

    /// <summary>Ends the console in order; its files stay until this is disposed.</summary>
    public ValueTask StopAsync() => Console.DisposeAsync();

    /// <summary>A browser that has the cookie of a session that began before the set was made.</summary>
    public HostedVisitor Visit(string session)
    {
        var visitor = Console.Visit();
        visitor.Cookies[SessionCookie] = Known.Sessions[session];
        return visitor;
    }

    /// <summary>A page as the owner sees it, in a session that began before the set was made.</summary>
    public async Task<IDocument> PageAsync(string path)
    {
        using var owner = Visit("owner");
        var reply = await owner.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        return new HtmlParser().ParseDocument(await reply.Content.ReadAsStringAsync(Cancel));
    }

    /// <summary>One value as the file has it now.</summary>
    public T Ask<T>(string file, string sql, object? parameters = null) => All<T>(file, sql, parameters).Single();

    /// <summary>Rows as the file has them now.</summary>
    public IReadOnlyList<T> All<T>(string file, string sql, object? parameters = null)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(DataFolder, file)};Mode=ReadOnly;Pooling=false");
        return connection.Query<T>(sql, parameters).AsList();
    }

    public async ValueTask DisposeAsync()
    {
        await Console.DisposeAsync();
        _folder.Dispose();
    }

    private static IEnumerable<(string, string)> SettingsOf(KeyValuePair<string, string> instance) =>
    [
        ($"Dashboard:Instances:{instance.Key}:Url", "redis://127.0.0.1:1"),
        ($"Dashboard:Instances:{instance.Key}:Purpose", instance.Value),
    ];
}
