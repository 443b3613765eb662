namespace Dashboard.Benchmarks;

/// <summary>Something could not be measured; the message is for a person and says what to do.</summary>
internal sealed class BenchException(string message) : Exception(message);
