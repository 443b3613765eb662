namespace Dashboard.Instances;

/// <summary>
/// What a connection is for. Watching and acting never share one, so that each can sign in as a user with no more rights than it needs.
/// </summary>
public enum ConnectionRole
{
    /// <summary>Asking, every second or so.</summary>
    Watch,

    /// <summary>Doing what a person confirmed.</summary>
    Act,
}
