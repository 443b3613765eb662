namespace Dashboard.Scenarios.Flush;

/// <summary>What happens behind an address while somebody looks at a preview.</summary>
internal enum InjectedFault
{
    None,

    /// <summary>New connections lead to another server.</summary>
    Repointed,

    /// <summary>As <see cref="Repointed"/>, and the open connections break.</summary>
    RepointedAndCut,

    /// <summary>As <see cref="Repointed"/>, and the open connections lead there too, without a word.</summary>
    RepointedBeneath,

    /// <summary>To another server and back again.</summary>
    ThereAndBack,

    /// <summary>It comes back at once, as another process with other keys.</summary>
    Restarted,

    /// <summary>It is a replica from now on.</summary>
    Demoted,

    /// <summary>It was a replica for a moment.</summary>
    DemotedAndBack,

    /// <summary>Another server, its replica until now, takes its place and its address; it becomes that one's replica.</summary>
    FailedOver,

    /// <summary>As <see cref="FailedOver"/>, and back again.</summary>
    FailedOverAndBack,
}
