namespace Dashboard.Actions;

/// <summary>All actions.</summary>
internal sealed class ActionCatalog(IEnumerable<IAdminAction> actions)
{
    public IReadOnlyList<IAdminAction> All { get; } = [.. actions];

    /// <exception cref="ArgumentException">No action has this id.</exception>
    public IAdminAction Find(string id) =>
        All.FirstOrDefault(action => action.Id == id) ?? throw new ArgumentException($"There is no action '{id}'.", nameof(id));
}
