using System.Buffers.Text;
using System.Security.Cryptography;
using Dashboard.Access.Oidc;
using Dashboard.Servers;

namespace Dashboard.KeptFiles.Making;

/// <summary>Servers, provider, clock and files of one run, and the secrets that the set's tests need.</summary>
internal sealed class Maker : IAsyncDisposable
{
    private readonly TestFolder _folder = new();
    private int _consoles;

    private Maker(MakerServers servers, FakeOidcProvider provider) => (Servers, Provider) = (servers, provider);

    public MakerServers Servers { get; }

    public FakeOidcProvider Provider { get; }

    /// <summary>Begins four hours before the real time. After all that the steps advance it, it is still behind the real time.</summary>
    public ShiftedClock Clock { get; } = new(TimeProvider.System.GetUtcNow().AddHours(-4));

    /// <summary>The data folder of all consoles.</summary>
    public string Data => _folder.File("data");

    public string Backup => _folder.File("backup");

    /// <summary>Passwords by account. Only that of the owner is written to the set.</summary>
    public Dictionary<string, string> Passwords { get; } = [];

    public Dictionary<string, string> Sessions { get; } = [];

    public Dictionary<string, string> Tokens { get; } = [];

    public Dictionary<string, string> Links { get; } = [];

    public string AuthenticatorKey { get; set; } = "";

    public string RecoveryCode { get; set; } = "";

    public static async Task<Maker> StartAsync() => new(await MakerServers.StartAsync(), await FakeOidcProvider.StartAsync());

    /// <summary>Starts a console on the data folder.</summary>
    public MakerConsole Open() => Open(Clock);

    /// <param name="clock">The clock of another machine that shares the files.</param>
    public MakerConsole Open(ShiftedClock clock) => new(Data, Servers, Provider, clock, $"console-{++_consoles}");

    public string NewPassword(string account) => Passwords[account] = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(18));

    public KnownFacts Facts() => new()
    {
        Made = Clock.GetUtcNow(),
        Instances = MakerServers.Purposes,
        OwnerPassword = Passwords["owner"],
        AuthenticatorKey = AuthenticatorKey,
        RecoveryCode = RecoveryCode,
        Sessions = Sessions,
        Tokens = Tokens,
        Links = Links,
    };

    public async ValueTask DisposeAsync()
    {
        await Provider.DisposeAsync();
        await Servers.DisposeAsync();
        _folder.Dispose();
    }
}
