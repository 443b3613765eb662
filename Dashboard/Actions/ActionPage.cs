using Dashboard.Instances;

namespace Dashboard.Actions;

/// <summary>A page where an action begins.</summary>
/// <param name="Address">Its address; the instance's id follows as <c>?instance=</c>.</param>
/// <param name="Says">What the button to it says, e.g. <c>Find tokens</c>.</param>
internal sealed record ActionPage(string Address, string Says)
{
    /// <summary>What else the address asks for, e.g. <c>nottl=1</c>; empty for nothing.</summary>
    public string Query { get; init; } = "";

    public string Of(InstanceId instance) => $"{Address}?instance={instance}{(Query.Length == 0 ? "" : $"&{Query}")}";
}
