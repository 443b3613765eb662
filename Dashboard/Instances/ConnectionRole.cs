namespace Dashboard.Instances;

/// <summary>
/// What a connection is for. No two roles share a connection, so that each can sign in as a user with no more rights than it needs.
/// </summary>
public enum ConnectionRole
{
    /// <summary>Reads, every second or so.</summary>
    Watch,

    /// <summary>Does what a person confirmed.</summary>
    Act,

    /// <summary>Carries hints between the consoles that share a store; of one cable instance at most.</summary>
    Backplane,
}
