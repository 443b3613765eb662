using System.Net;
using Dashboard.Access.Accounts;

namespace Dashboard.Access.SignIn.Throttling;

/// <summary>One attempt to guess a secret.</summary>
/// <param name="Name">The name as it was typed. A name longer than <see cref="AccountNames.MaxLength"/> characters belongs to no account;
/// all such names count as one.</param>
/// <param name="Known">The account has signed in from this address or with this browser before, or is signed in.</param>
/// <param name="Browser">The id of a browser with which the account has signed in before; null for another browser.</param>
internal sealed record ThrottleAttempt(ThrottleKind Kind, string Name, IPAddress? Address, bool Known = false, string? Browser = null)
{
    private readonly UInt128 _name = ThrottleKey.HashOf(Name.Length <= AccountNames.MaxLength ? AccountNames.Plain(Name) : "");
    private readonly UInt128 _network = ThrottleKey.HashOf(Network.Of(Address));

    /// <summary>
    /// The counter of the account at this network, or at its own browser: other people behind the same address do not have it.
    /// </summary>
    public ThrottleKey Pair =>
        Browser is null
            ? new(ThrottleScope.Pair, Kind, _name, _network)
            : new(ThrottleScope.Browser, Kind, _name, ThrottleKey.HashOf(Browser));

    public ThrottleKey Place => new(ThrottleScope.Place, default, 0, _network);

    public ThrottleKey Account => new(ThrottleScope.Account, Kind, _name, 0);
}
