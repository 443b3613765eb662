namespace Dashboard.Hosting.DataProtection;

/// <summary>Where the keys are.</summary>
internal sealed record KeyRingFolder(string Path);
