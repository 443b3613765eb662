namespace Dashboard.Access.Sessions;

/// <summary>Marks the endpoint of a hub for programs, which counts its connections itself: it has no live pages of people.</summary>
internal sealed class MachinesOnly;
