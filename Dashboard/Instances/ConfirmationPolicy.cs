namespace Dashboard.Instances;

/// <summary>
/// What a person does to confirm an act that destroys something on an instance, <c>Dashboard:Instances:&lt;id&gt;:Confirm</c>.
/// </summary>
public enum ConfirmationPolicy
{
    /// <summary>They type the instance and its address, and give a reason.</summary>
    Typed,

    /// <summary>They press a button.</summary>
    Click,
}
