using System.Diagnostics;
using System.Text.Json;
using Dashboard.Benchmarks.Measuring;

namespace Dashboard.Benchmarks.Workers;

/// <summary>A worker, as its parent sees it.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private readonly Process _process;

    private WorkerProcess(Process process) => _process = process;

    /// <summary>The processor time that it has used.</summary>
    public TimeSpan Cpu => ProcessCpu.Of(_process.Id);

    public static async Task<WorkerProcess> StartAsync(string kind, WorkerSetUp setUp)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Dashboard.Benchmarks.dll");
        var start =
            new ProcessStartInfo(
                "dotnet", [program, Worker.Argument, kind])
            { RedirectStandardInput = true, RedirectStandardOutput = true };
        var worker = new WorkerProcess(Process.Start(start)!);
        await worker.AskAsync(JsonSerializer.Serialize(setUp));
        return worker;
    }

    /// <exception cref="BenchException">It ended instead of answering.</exception>
    public async Task<string> AskAsync(string question)
    {
        await _process.StandardInput.WriteLineAsync(question);
        return await _process.StandardOutput.ReadLineAsync() ?? throw new BenchException("A worker ended early: its output is above.");
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
