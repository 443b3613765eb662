namespace Dashboard.Api.Hub;

/// <summary>
/// What programs hear from <see cref="FleetHub"/>. The names, parameters and their members are a contract
/// (<see cref="FleetHub.Path"/> carries its version): members may be added, none is renamed or removed.
/// </summary>
public interface IFleetClient
{
    /// <summary>All instances, at once after connecting and whenever the status of one changed.</summary>
    Task FleetChanged(IReadOnlyList<InstanceJson> instances);

    /// <summary>A run of an action began, advanced or ended.</summary>
    Task RunChanged(RunJson run);

    /// <summary>An alert began or is over.</summary>
    Task AlertChanged(AlertJson alert);
}
