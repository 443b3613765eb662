namespace Dashboard.Keys;

/// <summary>Where the keys are.</summary>
internal sealed record KeyFolder(string Path);
