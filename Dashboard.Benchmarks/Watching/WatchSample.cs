using Dashboard.Benchmarks.Measuring;

namespace Dashboard.Benchmarks.Watching;

/// <summary>A stretch of watching.</summary>
/// <param name="Began">How late each poll began, in milliseconds.</param>
/// <param name="Known">How late each result was known, in milliseconds, the time the server took included.</param>
/// <param name="Cpu">Processor time of the whole watching process.</param>
/// <param name="Length">How long the stretch was.</param>
internal sealed record WatchSample(IReadOnlyList<double> Began, IReadOnlyList<double> Known, TimeSpan Cpu, TimeSpan Length)
{
    public double BeganP99 => Percentiles.Of(Began, 0.99);

    public double KnownP99 => Percentiles.Of(Known, 0.99);

    /// <summary>Microseconds of processor time per poller and second.</summary>
    public double CpuPerPoller(int pollers) => Cpu.TotalMicroseconds / Length.TotalSeconds / pollers;
}
