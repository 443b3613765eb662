using Dashboard.Instances.Purposes;

namespace Dashboard.Instances;

/// <summary>A server that the console watches.</summary>
/// <param name="PasswordFile">File whose content, less one trailing line feed, is the password; null means no password is sent.</param>
public sealed record Instance(InstanceId Id, Purpose Purpose, InstanceAddress Address, string? PasswordFile = null)
{
    /// <summary>Everything that differs by its purpose.</summary>
    public PurposeProfile Profile => Purpose.Profile;

    public PurposeContract Contract => Profile.Contract;

    /// <summary>
    /// How a destructive act is confirmed. The server's address does not decide it: a tunnel to production ends on loopback.
    /// </summary>
    public ConfirmationPolicy Confirmation { get; init; } = ConfirmationPolicy.Typed;

    /// <summary>The empty logical database that keeps what a flush swapped out, until Undo is over; null where there is no Undo.</summary>
    public int? SpareDatabase { get; init; }

    /// <summary>Which keys the settings declare as foreign, or as the cache's own.</summary>
    public KeyPrefixRules KeyPrefixes { get; init; } = KeyPrefixRules.None;

    /// <summary>What it belongs to, e.g. an application or an environment; empty for none.</summary>
    public string Group { get; init; } = "";

    /// <summary>Its place within its group; the lowest comes first.</summary>
    public int Order { get; init; }

    /// <summary>The user for watching only; null means the one of the address.</summary>
    public Credential? Watch { get; init; }

    /// <summary>The user for acting only; null means the one of the address.</summary>
    public Credential? Act { get; init; }

    /// <summary>The user for the backplane; null where this instance does not carry it.</summary>
    public Credential? Backplane { get; init; }

    /// <summary>The roles in which the console connects to it.</summary>
    public IEnumerable<ConnectionRole> Roles =>
        ConnectionRoles.Of(Purpose).Where(role => role != ConnectionRole.Backplane || Backplane is not null);

    /// <summary>The user that a connection with this role signs in as.</summary>
    public Credential For(ConnectionRole role) => role switch
    {
        ConnectionRole.Watch => Watch,
        ConnectionRole.Act => Act,
        _ => Backplane,
    } ?? new(Address.User, PasswordFile);
}
