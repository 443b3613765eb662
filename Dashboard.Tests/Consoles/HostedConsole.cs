using System.Net;
using System.Text.RegularExpressions;
using Dashboard.Access.Accounts;
using Dashboard.Access.Administration;
using Dashboard.Access.Bootstrap;
using Dashboard.Access.Roles;
using Dashboard.Access.Sessions;
using Dashboard.Access.SignIn;
using Dashboard.Packaging;
using Dashboard.Servers;
using Dashboard.Storage;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dashboard.Consoles;

/// <summary>The whole program in this process, without a network: its services, its endpoints and what it answers.</summary>
/// <remarks>Passwords are hashed quickly here; another test checks that the program hashes them slowly.</remarks>
internal sealed partial class HostedConsole : WebApplicationFactory<Program>
{
    public const string Owner = "owner";
    public static readonly string Password = Canaries.Password("four words for the owner");

    public const string GuestPassword = "a long and quiet evening";

    private readonly TestFolder _folder = new();
    private readonly CapturedLog _log = new();
    private readonly Dictionary<string, string> _settings;

    public HostedConsole(params (string Key, string Value)[] settings)
    {
        File.WriteAllText(_folder.File("owner-password"), Password + "\n");
        _settings = settings.ToDictionary(setting => setting.Key, setting => setting.Value);
        _settings.TryAdd("Dashboard:OwnerPasswordFile", _folder.File("owner-password"));
        _settings.TryAdd("Dashboard:Instances:cache:Url", "redis://127.0.0.1:1");
    }

    /// <summary>Replaces services of the program.</summary>
    public Action<IServiceCollection>? ReplaceServices { get; init; }

    /// <summary>The data folder: one of its own, which is deleted with it, unless the test names another.</summary>
    public string DataFolder { get => field ?? _folder.File("data"); init; }

    /// <summary>What it logged.</summary>
    public string LogText => _log.Text;

    public T Service<T>()
        where T : notnull => Services.GetRequiredService<T>();

    /// <summary>A visitor with cookies of its own, which follows no redirect.</summary>
    /// <param name="from">The address the console sees.</param>
    public HostedVisitor Visit(string origin = "http://localhost", IPAddress? from = null) =>
        new(Server.CreateHandler(context => context.Connection.RemoteIpAddress = from), origin);

    /// <summary>A visitor who has signed in, by default as the owner.</summary>
    public async Task<HostedVisitor> SignedInAsync(string name = Owner, string? password = null)
    {
        var visitor = Visit();
        var reply = await visitor.SignInAsync(name, password ?? Password);
        Assert.Equal(HttpStatusCode.Redirect, reply.StatusCode);
        return visitor;
    }

    /// <summary>A visitor whom the owner invited, and who has chosen a password and signed in.</summary>
    public async Task<HostedVisitor> PersonAsync(string name, OperatorRole role)
    {
        var cancel = TestContext.Current.CancellationToken;
        var owner = await Service<IConsoleStore>().ReadAsync(connection => AccountTable.FindByName(connection, Owner), cancel);
        var session = (await Service<SessionIssuer>().LetInAsync(owner!, null, "password", cancel))!.SessionId();
        var secret = (await Service<AccountAdministration>().InviteAsync(session, name, new([new Grant(role)]), cancel)).Value!;
        using var stranger = Visit();
        var token = await stranger.TokenAsync("/set-up");
        await stranger.PostAsync(
            "/set-up",
            new()
            {
                ["_handler"] = "set-up", ["__RequestVerificationToken"] = token, ["Form.Secret"] = secret,
                ["Form.Password"] = GuestPassword, ["Form.Again"] = GuestPassword
            });
        return await SignedInAsync(name, GuestPassword);
    }

    /// <summary>The id of a visitor's session: only the cookie holds it.</summary>
    public string SessionOf(HostedVisitor visitor)
    {
        var cookie = Service<IOptionsMonitor<CookieAuthenticationOptions>>().Get(SessionClaims.Scheme);
        return cookie.TicketDataFormat.Unprotect(visitor.Cookies[cookie.Cookie.Name!])!.Principal.SessionId()!;
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Production");
        builder.UseContentRoot(Repository.PathOf("Dashboard"));
        builder.ConfigureAppConfiguration((_, configuration) => configuration.AddInMemoryCollection(
            new Dictionary<string, string?>
            {
                ["urls"] = "http://127.0.0.1:0",
                ["Dashboard:DataFolder"] = DataFolder,
            }.Concat(_settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)))));
        builder.ConfigureLogging(logging => logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddProvider(_log));
        builder.ConfigureTestServices(services =>
        {
            services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = 1000);
            // A terminal in which the tests run is shown nothing.
            services.AddSingleton(new BootstrapTerminal("this is a test"));
            services.Insert(0, ServiceDescriptor.Singleton<IHostedService, SelfEndingHost.First>());
            ReplaceServices?.Invoke(services);
        });
    }

    protected override IHost CreateHost(IHostBuilder builder) => new SelfEndingHost(base.CreateHost(builder));

    /// <summary>Ends the program in order, then deletes its folder.</summary>
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Assert.False(Canaries.IsKept(_log.Text), "A line of the log held a secret.");
        await Canaries.AssertNoneKeptAsync(DataFolder);
        _folder.Dispose();
    }

    /// <summary>The token of the first form on a page.</summary>
    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    internal static partial Regex Token();
}
