namespace Dashboard.Actions;

/// <summary>What one action writes into its own plans beside what every plan says. Nobody but that action reads it.</summary>
public abstract record ActionPayload;
