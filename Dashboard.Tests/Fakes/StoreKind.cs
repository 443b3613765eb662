namespace Dashboard.Fakes;

/// <summary>The implementation of the console's store that a test runs over.</summary>
internal enum StoreKind
{
    /// <summary>The shipped one: an SQLite file.</summary>
    File,

    /// <summary><see cref="InMemoryConsoleStore"/>.</summary>
    Memory,
}
