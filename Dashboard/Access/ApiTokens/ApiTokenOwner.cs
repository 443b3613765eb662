namespace Dashboard.Access.ApiTokens;

/// <summary>
/// The owner who answers for a machine token: who made it, or who adopted it since. Pure: how their account is at the moment of reading.
/// </summary>
/// <param name="Account">The id of the account; null where none is known.</param>
/// <param name="Name">The account's name now; where it is gone, as it was.</param>
/// <param name="Adopted">False for the maker.</param>
public sealed record ApiTokenOwner(string? Account, string Name, bool Adopted)
{
    /// <summary>There is such an account.</summary>
    public bool Exists { get; init; }

    public bool IsDisabled { get; init; }

    /// <summary>The role is granted for the whole console.</summary>
    public bool IsOwner { get; init; }

    /// <summary>The host of the provider the account belongs to; null for a local one.</summary>
    public string? Provider { get; init; }

    /// <summary>When the person signed in last; a provider's roles are as they were then. Null when never.</summary>
    public DateTimeOffset? SignedInAt { get; init; }

    /// <summary>
    /// When the account was disabled or lost the role here. What was restored to it since does not count: the token waits for an owner's
    /// word.
    /// </summary>
    public DateTimeOffset? StoppedAt { get; init; }

    /// <summary>For how long the role that a provider gave at a sign-in is taken to last without another one.</summary>
    public static readonly TimeSpan RoleLasts = TimeSpan.FromDays(90);

    /// <summary>How far a sign-in may lie ahead of the clock, which may have been set back, before it tells nothing.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(1);

    /// <summary>When the token stops unless its owner signs in before; null for a local account, whose role is always known.</summary>
    public DateTimeOffset? LastsUntil => Provider is null ? null : (SignedInAt ?? DateTimeOffset.UnixEpoch) + RoleLasts;

    /// <summary>Why the token is refused, to follow "refused:"; null when its owner is in order.</summary>
    /// <remarks>
    /// A provider's roles are known at each sign-in only. A person who left does not sign in any more, and nobody tells this console:
    /// their tokens stop after a while. A password that is void is no fault: the person is still an owner.
    /// </remarks>
    public string? FaultAt(DateTimeOffset now) =>
        Account is null ? $"it is not known which account answers for it (made by {Name})"
        : !Exists ? $"{Who} has no account any more"
        : IsDisabled ? $"{Who} is disabled"
        : !IsOwner ? $"{Who} is not an owner any more"
        : StoppedAt is { } at
        ? $"{Who} was disabled or lost the role owner (known since {at:yyyy-MM-dd HH:mm} UTC), and no owner has adopted it since"
        : now >= LastsUntil || SignedInAt > now + Ahead && Provider is not null
            ? $"{Who} has not signed in through {Provider} within {RoleLasts.TotalDays:0} days, so their role is not known any more"
        : null;

    private string Who => $"the owner who {(Adopted ? "adopted" : "made")} it, {Name},";
}
