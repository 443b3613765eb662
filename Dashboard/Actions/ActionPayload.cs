namespace Dashboard.Actions;

/// <summary>What one action adds to its own plans. Only that action reads it.</summary>
public abstract record ActionPayload;
