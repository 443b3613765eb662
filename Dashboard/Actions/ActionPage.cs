namespace Dashboard.Actions;

/// <summary>A page where an action begins.</summary>
/// <param name="Address">Its address; the instance's id follows as <c>?instance=</c>.</param>
/// <param name="Says">What the button to it says, e.g. <c>Find tokens</c>.</param>
internal sealed record ActionPage(string Address, string Says);
