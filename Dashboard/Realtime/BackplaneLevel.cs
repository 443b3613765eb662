namespace Dashboard.Realtime;

/// <summary>Whether hints pass between the consoles.</summary>
internal enum BackplaneLevel
{
    /// <summary>The settings name no user for it.</summary>
    Off,

    /// <summary>The first test is not over.</summary>
    Connecting,

    /// <summary>The last test came back.</summary>
    Connected,

    /// <summary>The last test did not come back.</summary>
    Failed,
}
