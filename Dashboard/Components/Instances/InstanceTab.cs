namespace Dashboard.Components.Instances;

/// <summary>A tab of an instance's page. Its place in the list is its place on the page.</summary>
/// <param name="Word">The last part of its address; empty for the first.</param>
internal sealed record InstanceTab(string Word, string Title)
{
    public static readonly InstanceTab Board = new("", "Board");
    public static readonly InstanceTab Actions = new("actions", "Actions");
    public static readonly InstanceTab Info = new("info", "INFO");
    public static readonly InstanceTab Privileges = new("privileges", "Privileges");

    public static IReadOnlyList<InstanceTab> All { get; } = [Board, Actions, Info, Privileges];

    /// <returns>Null where the address names none.</returns>
    public static InstanceTab? Parse(string? word) => All.FirstOrDefault(tab => tab.Word == (word ?? ""));

    /// <summary>Its address on the page of an instance, without a query.</summary>
    public string PathOf(string instance) => Word.Length == 0 ? $"instances/{instance}" : $"instances/{instance}/{Word}";
}
