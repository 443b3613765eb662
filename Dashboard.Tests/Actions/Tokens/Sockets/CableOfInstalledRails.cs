namespace Dashboard.Actions.Tokens.Sockets;

/// <summary>A cable with the ActionCable that is installed: 6.1 on Debian 12.</summary>
public sealed class CableOfInstalledRails() : CableOfRails(newer: false);
