using System.Net;
using Dapper;
using Dashboard.Access.Authorization;
using Dashboard.Access.Oidc;
using Dashboard.Consoles;
using Dashboard.Realtime;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.KeptFiles.Making;

/// <summary>A console that hashes passwords as slowly as in production, and whose files stay when it ends.</summary>
internal sealed class MakerConsole : IAsyncDisposable
{
    private readonly string _folder;
    private readonly HostedConsole _hosted;

    /// <param name="replica">The id that is written in place of the machine's name.</param>
    public MakerConsole(string folder, MakerServers servers, FakeOidcProvider provider, ShiftedClock clock, string replica)
    {
        _folder = folder;
        _hosted = new([.. Settings, .. provider.Settings, .. servers.Settings])
        {
            DataFolder = folder,
            ReplaceServices = services => services
                .AddSingleton<TimeProvider>(clock)
                .AddSingleton(new ReplicaId(replica))
                .Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = 600_000),
        };
        _ = _hosted.Services;
    }

    private static IEnumerable<(string, string)> Settings =>
    [
        ("Dashboard:OwnerPasswordFile", ""),
        ("Dashboard:PollInterval", "2s"),
        ("Dashboard:PollTimeout", "10s"),
        ("Dashboard:Pacing:Pause", "200ms"),
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public T Service<T>()
        where T : notnull => _hosted.Service<T>();

    public HostedVisitor Visit(string from) => _hosted.Visit(from: IPAddress.Parse(from));

    /// <summary>The id of a visitor's session.</summary>
    public string SessionOf(HostedVisitor visitor) => _hosted.SessionOf(visitor);

    public async Task<HostedVisitor> SignInAsync(string name, string password, string from)
    {
        var visitor = Visit(from);
        Assert.Equal(HttpStatusCode.Redirect, (await visitor.SignInAsync(name, password)).StatusCode);
        return visitor;
    }

    public async Task<MakerOwner> OwnerAsync(string password)
    {
        var visitor = await SignInAsync("owner", password, "10.0.0.1");
        return new(visitor, SessionOf(visitor), password);
    }

    /// <summary>Opens a one-time link and chooses a password.</summary>
    /// <param name="name">The name of the first owner; empty for others.</param>
    public async Task AcceptAsync(string secret, string password, string name = "")
    {
        using var visitor = Visit("10.0.0.1");
        var reply = await SendAsync(visitor, "/set-up", "set-up", new()
        {
            ["Form.Secret"] = secret,
            ["Form.Name"] = name,
            ["Form.Password"] = password,
            ["Form.Again"] = password,
        });
        Assert.Equal(HttpStatusCode.Redirect, reply.StatusCode);
    }

    /// <summary>Sends a form of a page.</summary>
    public static async Task<HttpResponseMessage> SendAsync(
        HostedVisitor visitor, string page, string handler, Dictionary<string, string> fields)
    {
        (fields["_handler"], fields["__RequestVerificationToken"]) = (handler, await visitor.TokenAsync(page));
        return await visitor.PostAsync(page, fields);
    }

    public static Task<string> ReadAsync(HttpResponseMessage reply) => reply.Content.ReadAsStringAsync(Cancel);

    /// <summary>The result of what an owner asked for, which has to be done.</summary>
    public static T Done<T>(CommandResult<T> reply)
    {
        Assert.Null(reply.Refusal?.Sentence);
        return reply.Value!;
    }

    /// <summary>One value of console.db.</summary>
    public T Ask<T>(string sql, object? parameters = null)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(_folder, "console.db")};Mode=ReadOnly;Pooling=false");
        return connection.QuerySingle<T>(sql, parameters);
    }

    public string AccountOf(string name) => Ask<string>("SELECT id FROM accounts WHERE name = @name", new { name });

    /// <summary>Ends the console in order.</summary>
    public ValueTask DisposeAsync() => _hosted.DisposeAsync();
}
