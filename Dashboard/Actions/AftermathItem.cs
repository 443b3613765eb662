namespace Dashboard.Actions;

/// <summary>Something that an action left behind and that is still open, e.g. what can be brought back for a while.</summary>
/// <param name="Id">Stays the same while it is open.</param>
public abstract record AftermathItem(Guid Id);
