namespace Dashboard.Actions;

/// <summary>Where a running action reports its progress.</summary>
internal interface IRunProgress : IScanProgress
{
    /// <summary>The run that is in progress.</summary>
    Run Run { get; }

    /// <summary>Whether it has to stop because the program ends: then what the next console can continue is left as it is.</summary>
    bool IsEnding { get; }
}
