namespace Dashboard.Actions.Tokens.Sockets;

/// <summary>A cable with ActionCable 7.1 or newer, where there is one.</summary>
public sealed class CableOfNewerRails() : CableOfRails(newer: true);
