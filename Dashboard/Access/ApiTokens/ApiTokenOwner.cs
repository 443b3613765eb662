namespace Dashboard.Access.ApiTokens;

/// <summary>
/// The owner who answers for a machine token: the maker, or the last person who adopted it. Pure: states the account as it was read.
/// </summary>
/// <param name="Account">The id of the account; null where none is known.</param>
/// <param name="Name">The account's present name; its last known name where the account does not exist.</param>
/// <param name="Adopted">False for the maker.</param>
public sealed record ApiTokenOwner(string? Account, string Name, bool Adopted)
{
    /// <summary>The account exists.</summary>
    public bool Exists { get; init; }

    public bool IsDisabled { get; init; }

    /// <summary>The account has the role owner for the whole console.</summary>
    public bool IsOwner { get; init; }

    /// <summary>The host of the provider that the account belongs to; null for a local one.</summary>
    public string? Provider { get; init; }

    /// <summary>The time of the person's last sign-in, from which a provider's roles are known; null when there was none.</summary>
    public DateTimeOffset? SignedInAt { get; init; }

    /// <summary>
    /// When the account was disabled or lost the role here; null when neither happened. Restoring the account does not reset it: the token
    /// waits until an owner adopts it.
    /// </summary>
    public DateTimeOffset? StoppedAt { get; init; }

    /// <summary>How long a role that a provider gave at a sign-in is assumed to last without another sign-in.</summary>
    public static readonly TimeSpan RoleLasts = TimeSpan.FromDays(90);

    /// <summary>How far a sign-in may lie in the future, because the clock was set back, before it is ignored.</summary>
    private static readonly TimeSpan MaxAhead = TimeSpan.FromDays(1);

    /// <summary>When the token stops unless its owner signs in before; null for a local account, whose role is always known.</summary>
    public DateTimeOffset? LastsUntil => Provider is null ? null : (SignedInAt ?? DateTimeOffset.UnixEpoch) + RoleLasts;

    /// <summary>Why the token is refused, to follow "refused:"; null when its owner is in order.</summary>
    /// <remarks>
    /// A provider's roles are known only at a sign-in. A person who left does not sign in any more, and nothing notifies this console, so
    /// their tokens stop after a while. A void password is no fault: the person is still an owner.
    /// </remarks>
    public string? FaultAt(DateTimeOffset now) =>
        Account is null ? $"the account that answers for it is unknown (made by {Name})"
        : !Exists ? $"{Who} no longer has an account"
        : IsDisabled ? $"{Who} is disabled"
        : !IsOwner ? $"{Who} is no longer an owner"
        : StoppedAt is { } at
        ? $"{Who} was disabled or lost the role owner (known since {at:yyyy-MM-dd HH:mm} UTC), and no owner has adopted it since"
        : now >= LastsUntil || SignedInAt > now + MaxAhead && Provider is not null
            ? $"{Who} has not signed in through {Provider} within {RoleLasts.TotalDays:0} days, so their role is no longer known"
        : null;

    private string Who => $"the owner who {(Adopted ? "adopted" : "made")} it, {Name},";
}
