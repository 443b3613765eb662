namespace Dashboard.Actions;

/// <summary>Every action there is.</summary>
internal sealed class ActionCatalog(IEnumerable<IAdminAction> actions)
{
    public IReadOnlyList<IAdminAction> All { get; } = [.. actions];

    /// <exception cref="ArgumentException">There is none of this id.</exception>
    public IAdminAction Find(string id) =>
        All.FirstOrDefault(action => action.Id == id) ?? throw new ArgumentException($"There is no action '{id}'.", nameof(id));
}
