namespace Dashboard.Valkey.Permissions;

/// <summary>A command that the console's user should not be able to run unless a call of the console declares it.</summary>
/// <param name="Harm">What it could do, in a few words.</param>
public sealed record DangerousCommand(ServerCommand Command, string Harm)
{
    /// <summary>The command as people write it, e.g. <c>CONFIG SET</c>.</summary>
    public string Name => Command.ToString();
}
