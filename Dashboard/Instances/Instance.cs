namespace Dashboard.Instances;

/// <summary>A server we watch.</summary>
/// <param name="PasswordFile">File whose content, less one trailing line feed, is the password; null means no password is sent.</param>
public sealed record Instance(InstanceId Id, Purpose Purpose, InstanceAddress Address, string? PasswordFile = null)
{
    public Promise Promise => Promise.Of(Purpose);
}
