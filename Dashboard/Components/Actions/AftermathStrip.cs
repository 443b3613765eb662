using Dashboard.Access;
using Dashboard.Actions;
using Dashboard.Monitoring;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Components.Actions;

/// <summary>The base of components that draw one kind of what actions leave behind, above the list of runs.</summary>
/// <typeparam name="TItem">The kind of item.</typeparam>
public abstract class AftermathStrip<TItem> : ComponentBase
    where TItem : AftermathItem
{
    [Parameter, EditorRequired]
    public required TItem Item { get; set; }

    [Parameter, EditorRequired]
    public required InstanceState State { get; set; }

    /// <summary>The present time; advances at each beat of the page.</summary>
    [Parameter, EditorRequired]
    public required DateTimeOffset Now { get; set; }

    /// <summary>
    /// Performs what a person pressed: asks for a password first where the act requires it, says why it was refused, and reads the runs
    /// again.
    /// </summary>
    [Parameter, EditorRequired]
    public required Func<Func<Task<Refusal?>>, Task> Perform { get; set; }
}
