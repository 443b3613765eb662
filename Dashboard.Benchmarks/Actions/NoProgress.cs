using Dashboard.Actions;

namespace Dashboard.Benchmarks.Actions;

/// <summary>A run whose progress is not shown, and which is not stopped.</summary>
internal sealed class NoProgress : IRunProgress
{
    public Run Run => throw new NotSupportedException("A measurement keeps no run.");

    public bool IsEnding => false;

    public string? Stop => null;

    public void Report(long done, long? of, string says = "")
    {
    }
}
