using Dashboard.Servers;
using Microsoft.Extensions.Logging;

namespace Dashboard.Consoles;

/// <summary>A log of which nothing is kept but whether a secret was written to it.</summary>
internal sealed class SearchedLog : ILoggerProvider, ILogger
{
    public bool HeldASecret { get; private set; }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        HeldASecret |= Canaries.IsKept(formatter(state, exception)) || Canaries.IsKept(exception?.ToString() ?? "");

    public void Dispose()
    {
    }
}
