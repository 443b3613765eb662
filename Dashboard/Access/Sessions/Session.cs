using Dashboard.Access.Roles;
using Dashboard.Instances;

namespace Dashboard.Access.Sessions;

/// <summary>One sign-in of one person, as of now. Pure: the time is a parameter.</summary>
/// <param name="Hash">The hash of the random id that the cookie holds.</param>
/// <param name="Name">The account's name.</param>
/// <param name="Address">The address from which it began.</param>
/// <param name="ActiveAt">When the person last did something; what a page does on its own does not count.</param>
/// <param name="ConfirmedAt">When the person last gave a password or code.</param>
/// <param name="IsOver">It ended by signing out, by disabling the account, or by a new security stamp (password or second factor
/// changed).</param>
internal sealed record Session(
    string Hash, string Account, string Name, Grants Grants, string? Address, DateTimeOffset BegunAt, DateTimeOffset ActiveAt,
    DateTimeOffset ConfirmedAt, bool IsOver)
{
    /// <summary>The person confirms at the provider, because there is no password here.</summary>
    public bool IsOfProvider { get; init; }

    /// <summary>
    /// How long a person may be inactive before acting requires a password or code again; watching continues. ASVS 7.3.1.
    /// </summary>
    public static readonly TimeSpan Idle = TimeSpan.FromMinutes(30);

    /// <summary>The longest lifetime of a session, whatever happens in it. ASVS 7.3.2.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    /// <summary>How long a password or code authorizes acts that cannot be undone. ASVS 7.5.3.</summary>
    public static readonly TimeSpan Confirmed = TimeSpan.FromMinutes(5);

    /// <summary>How far a stored time may lie in the future, because the clock went back or another console's is ahead.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    public DateTimeOffset EndsAt => BegunAt + Longest;

    /// <summary>Whether the session has ended. Setting the clock back does not prolong it.</summary>
    public bool HasEndedAt(DateTimeOffset now) => IsOver || now >= EndsAt || now < BegunAt - Skew;

    public bool IsIdleAt(DateTimeOffset now) => now - ActiveAt >= Idle || now < ActiveAt - Skew;

    public bool IsConfirmedAt(DateTimeOffset now) => now - ConfirmedAt < Confirmed && now >= ConfirmedAt;

    /// <summary>
    /// Why an act may not be done now; null when it may. A permission granted for each instance requires one to be named.
    /// </summary>
    public Refusal? RefusalOf(Permission permission, InstanceId? instance, DateTimeOffset now) =>
        HasEndedAt(now) ? Refusal.SignedOut
        : permission.OfInstance && instance is null ? Refusal.NoInstance(permission)
        : !Grants.Allow(permission, instance) ? Refusal.NotGranted(permission, instance)
        : permission.Acts && IsIdleAt(now) ? Refusal.Idle
        : permission.Destroys && !IsConfirmedAt(now) ? Refusal.StepUpRequired
        : null;
}
