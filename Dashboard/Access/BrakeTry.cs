using System.Net;

namespace Dashboard.Access;

/// <summary>One try at a secret.</summary>
/// <param name="Name">As it was typed. Beyond <see cref="AccountNames.Most"/> characters it is nobody's, and all such count as one.</param>
/// <param name="Known">The account has come in from this address or with this browser before, or is signed in.</param>
/// <param name="Browser">Of the account's own browsers, which; null for one it has not signed in with.</param>
internal sealed record BrakeTry(BrakeKind Kind, string Name, IPAddress? Address, bool Known = false, string? Browser = null)
{
    private readonly UInt128 _name = BrakeKey.HashOf(Name.Length <= AccountNames.Most ? AccountNames.Plain(Name) : "");
    private readonly UInt128 _network = BrakeKey.HashOf(Network.Of(Address));

    /// <summary>Counts for nobody else: other people behind the same address have not this browser.</summary>
    public BrakeKey Pair => Browser is null ? new(BrakeScope.Pair, Kind, _name, _network) : new(BrakeScope.Browser, Kind, _name, BrakeKey.HashOf(Browser));

    public BrakeKey Place => new(BrakeScope.Place, default, 0, _network);

    public BrakeKey Account => new(BrakeScope.Account, Kind, _name, 0);
}
