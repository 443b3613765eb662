using System.Net;
using Dashboard.Access.Accounts;

namespace Dashboard.Access.SignIn.Throttling;

/// <summary>One try at a secret.</summary>
/// <param name="Name">As it was typed. Beyond <see cref="AccountNames.Most"/> characters it is nobody's, and all such count as one.</param>
/// <param name="Known">The account has come in from this address or with this browser before, or is signed in.</param>
/// <param name="Browser">Of the account's own browsers, which; null for one it has not signed in with.</param>
internal sealed record ThrottleAttempt(ThrottleKind Kind, string Name, IPAddress? Address, bool Known = false, string? Browser = null)
{
    private readonly UInt128 _name = ThrottleKey.HashOf(Name.Length <= AccountNames.Most ? AccountNames.Plain(Name) : "");
    private readonly UInt128 _network = ThrottleKey.HashOf(Network.Of(Address));

    /// <summary>Counts for nobody else: other people behind the same address have not this browser.</summary>
    public ThrottleKey Pair =>
        Browser is null
            ? new(ThrottleScope.Pair, Kind, _name, _network)
            : new(ThrottleScope.Browser, Kind, _name, ThrottleKey.HashOf(Browser));

    public ThrottleKey Place => new(ThrottleScope.Place, default, 0, _network);

    public ThrottleKey Account => new(ThrottleScope.Account, Kind, _name, 0);
}
