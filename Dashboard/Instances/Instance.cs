using Dashboard.Instances.Purposes;

namespace Dashboard.Instances;

/// <summary>A server we watch.</summary>
/// <param name="PasswordFile">File whose content, less one trailing line feed, is the password; null means no password is sent.</param>
public sealed record Instance(InstanceId Id, Purpose Purpose, InstanceAddress Address, string? PasswordFile = null)
{
    /// <summary>Everything that differs by its purpose.</summary>
    public PurposeProfile Profile => Purpose.Profile;

    public PurposeContract Contract => Profile.Contract;

    /// <summary>How an act that destroys is confirmed. Where the server is says nothing about it: a tunnel to production ends on loopback.</summary>
    public ConfirmationPolicy Confirmation { get; init; } = ConfirmationPolicy.Typed;

    /// <summary>The user for watching alone; null takes the one of the address.</summary>
    public Credential? Watch { get; init; }

    /// <summary>The user for acting alone; null takes the one of the address.</summary>
    public Credential? Act { get; init; }

    /// <summary>Who a connection of this duty signs in as.</summary>
    public Credential For(ConnectionRole role) => (role == ConnectionRole.Watch ? Watch : Act) ?? new(Address.User, PasswordFile);
}
