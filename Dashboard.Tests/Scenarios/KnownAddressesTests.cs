using System.Net;
using Dapper;
using Dashboard.Access;
using Dashboard.Access.Accounts;
using Dashboard.Access.SignIn;
using Dashboard.Access.SignIn.Throttling;
using Dashboard.Consoles;
using Dashboard.Storage;

namespace Dashboard.Scenarios;

/// <summary>The networks and browsers from which an account has signed in before.</summary>
[Trait("Slow", "yes")]
public sealed class KnownAddressesTests : IAsyncDisposable
{
    private readonly HostedConsole _console = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _console.DisposeAsync();

    [Theory]
    [InlineData("10.0.0.9", "10.0.0.9")]
    [InlineData("::ffff:10.0.0.9", "10.0.0.9")]
    [InlineData("2001:db8:0:1:aaaa::1", "2001:db8:0:1::/64")]
    [InlineData("::1", "::/64")]
    [InlineData(null, "")]
    public void Network_OfAnAddress(string? address, string network) =>
        Assert.Equal(network, Network.Of(address is null ? null : IPAddress.Parse(address)));

    /// <summary>Clients change the second half of their IPv6 address daily.</summary>
    [Theory]
    [InlineData("2001:db8:0:1:aaaa::1", "2001:db8:0:1:bbbb::2", true)]
    [InlineData("2001:db8:0:1:aaaa::1", "2001:db8:0:2:aaaa::1", false)]
    [InlineData("::ffff:10.0.0.9", "10.0.0.9", true)]
    [InlineData("10.0.0.9", "10.0.0.10", false)]
    public async Task Account_IsKnownInTheNetworkItCameFrom(string from, string then, bool known)
    {
        var owner = await OwnerAsync();
        await _console.Service<SessionIssuer>().LetInAsync(owner, IPAddress.Parse(from), "password", Cancel);

        Assert.Equal(known, await _console.Service<SessionIssuer>().KnowsAsync(owner, IPAddress.Parse(then), Cancel));
    }

    [Fact]
    public async Task Account_IsKnownOnlyInItsLastNetworks()
    {
        var owner = await OwnerAsync();
        for (var place = 0; place <= AccountTable.MaxKnownNetworks; place++)
        {
            await _console.Service<SessionIssuer>().LetInAsync(owner, new IPAddress([10, 0, 1, (byte)place]), "password", Cancel);
        }

        Assert.Equal(
            AccountTable.MaxKnownNetworks,
            await _console.Service<IConsoleStore>().ReadAsync(connection => connection.QuerySingle<int>("SELECT count(*) FROM "
                + "known_addresses"), Cancel));
        Assert.True(await _console.Service<SessionIssuer>()
            .KnowsAsync(owner, new IPAddress([10, 0, 1, AccountTable.MaxKnownNetworks]), Cancel));
    }

    /// <summary>
    /// Another client behind the same address is quicker at the end of every wait. The browser that signed in here before still gets its
    /// try.
    /// </summary>
    [Fact]
    public async Task BrowserThatSignedInBefore_IsNotSlowedByOthersBehindItsAddress()
    {
        using var own = await _console.SignedInAsync();
        using var other = _console.Visit();
        for (var attempt = 0; attempt < 12; attempt++)
        {
            await other.SignInAsync(HostedConsole.Owner, "not the password");
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await other.SignInAsync(HostedConsole.Owner, HostedConsole.Password)).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await own.SignInAsync(HostedConsole.Owner, HostedConsole.Password)).StatusCode);
    }

    [Fact]
    public async Task DeviceCookie_IsOnlyForItsAccount_AndOpensNothing()
    {
        using var own = await _console.SignedInAsync();
        var device = own.Cookies.Single(cookie => cookie.Key.EndsWith("browser", StringComparison.Ordinal));
        using var other = _console.Visit();
        other.Cookies[device.Key] = device.Value;

        Assert.Equal(HttpStatusCode.Redirect, (await other.GetAsync("/")).StatusCode);
        for (var attempt = 0; attempt < SignInThrottle.FreeOfPair; attempt++)
        {
            await other.SignInAsync("guest", "not the password");
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await other.SignInAsync("guest", "not the password")).StatusCode);
        Assert.Matches(
            "; secure; samesite=strict; httponly",
            own.SetCookies.Single(cookie => cookie.StartsWith(device.Key, StringComparison.Ordinal)));
    }

    private async Task<Account> OwnerAsync() =>
        (await _console.Service<IConsoleStore>()
            .ReadAsync(connection => AccountTable.FindByName(connection, HostedConsole.Owner), Cancel))!;
}
