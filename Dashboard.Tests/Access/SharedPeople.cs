using Dashboard.Consoles;

namespace Dashboard.Access;

/// <summary>One hosted console for the tests of a class. Each test adds its own accounts and undoes its other changes.</summary>
public sealed class SharedPeople : IAsyncLifetime
{
    internal HostedConsole Console { get; } = new();

    internal People People => new(Console);

    /// <summary>Starts the console.</summary>
    public ValueTask InitializeAsync()
    {
        _ = Console.Services;
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => Console.DisposeAsync();

    /// <summary>A name that no other test has.</summary>
    internal static string Name(string like) => $"{like}-{Guid.NewGuid():N}"[..(like.Length + 9)];
}
