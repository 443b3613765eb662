namespace Dashboard.Scenarios.Flush;

/// <summary>What happens behind an address while a person reads a preview.</summary>
internal enum InjectedFault
{
    None,

    /// <summary>New connections lead to another server.</summary>
    Repointed,

    /// <summary>As <see cref="Repointed"/>, and the open connections break.</summary>
    RepointedAndCut,

    /// <summary>As <see cref="Repointed"/>, and the open connections silently lead there too.</summary>
    RepointedBeneath,

    /// <summary>To another server and back again.</summary>
    ThereAndBack,

    /// <summary>The server comes back at once, as another process with other keys.</summary>
    Restarted,

    /// <summary>The server is a replica from now on.</summary>
    Demoted,

    /// <summary>The server was a replica for a moment.</summary>
    DemotedAndBack,

    /// <summary>Another server, its replica until now, takes its place and its address; the server becomes a replica of that one.</summary>
    FailedOver,

    /// <summary>As <see cref="FailedOver"/>, and back again.</summary>
    FailedOverAndBack,
}
