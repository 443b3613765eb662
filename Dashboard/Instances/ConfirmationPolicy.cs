namespace Dashboard.Instances;

/// <summary>What a person does to confirm a destructive act on an instance, <c>Dashboard:Instances:&lt;id&gt;:Confirm</c>.</summary>
public enum ConfirmationPolicy
{
    /// <summary>The person types the instance and its address, and gives a reason.</summary>
    Typed,

    /// <summary>The person presses a button.</summary>
    Click,
}
