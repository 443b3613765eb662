namespace Dashboard.Fakes;

/// <summary>Over which implementation of the console's store a test runs.</summary>
internal enum StoreKind
{
    /// <summary>The one that is shipped: a file of SQLite.</summary>
    File,

    /// <summary><see cref="InMemoryConsoleStore"/>.</summary>
    Memory,
}
