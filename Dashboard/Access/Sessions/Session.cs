using Dashboard.Access.Roles;
using Dashboard.Instances;

namespace Dashboard.Access.Sessions;

/// <summary>One sign-in of one person, as of now. Pure: time comes in as data.</summary>
/// <param name="Hash">Of its random id, which the cookie holds.</param>
/// <param name="Name">The account's name.</param>
/// <param name="Address">Where it was begun from.</param>
/// <param name="ActiveAt">When the person last did something; what a page does by itself is nothing.</param>
/// <param name="ConfirmedAt">When the person last gave a password or code.</param>
/// <param name="IsOver">Ended by signing out, by the account's disabling, or by a new security stamp (password or second factor
/// changed).</param>
internal sealed record Session(
    string Hash, string Account, string Name, Grants Grants, string? Address, DateTimeOffset BegunAt, DateTimeOffset ActiveAt,
    DateTimeOffset ConfirmedAt, bool IsOver)
{
    /// <summary>The person confirms themselves at the provider: there is no password here.</summary>
    public bool IsOfProvider { get; init; }

    /// <summary>Afterwards acting needs a password or code again; watching goes on. ASVS 7.3.1.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromMinutes(30);

    /// <summary>The longest one may last, whatever happens in it. ASVS 7.3.2.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    /// <summary>For how long a password or code given covers acts that cannot be taken back. ASVS 7.5.3.</summary>
    public static readonly TimeSpan Confirmed = TimeSpan.FromMinutes(5);

    /// <summary>How far the clock may go back, or another console's be ahead, before what was written seems to be of the future.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    public DateTimeOffset EndsAt => BegunAt + Longest;

    /// <summary>A clock set back prolongs nothing.</summary>
    public bool HasEndedAt(DateTimeOffset now) => IsOver || now >= EndsAt || now < BegunAt - Skew;

    public bool IsIdleAt(DateTimeOffset now) => now - ActiveAt >= Idle || now < ActiveAt - Skew;

    public bool IsConfirmedAt(DateTimeOffset now) => now - ConfirmedAt < Confirmed && now >= ConfirmedAt;

    /// <summary>Whether an act may be done now. What is granted for each instance is never done without naming one.</summary>
    public Refusal? RefusalOf(Permission permission, InstanceId? instance, DateTimeOffset now) =>
        HasEndedAt(now) ? Refusal.SignedOut
        : permission.OfInstance && instance is null ? Refusal.NoInstance(permission)
        : !Grants.Allow(permission, instance) ? Refusal.NotGranted(permission, instance)
        : permission.Acts && IsIdleAt(now) ? Refusal.Idle
        : permission.Destroys && !IsConfirmedAt(now) ? Refusal.StepUpRequired
        : null;
}
