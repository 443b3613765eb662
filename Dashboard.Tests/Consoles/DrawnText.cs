using System.Collections.Concurrent;
using System.Text;
using Dashboard.Benchmarks.Viewers;
using Dashboard.Servers;

namespace Dashboard.Consoles;

/// <summary>What the console draws on the page of a circuit, from construction on.</summary>
internal sealed class DrawnText
{
    private readonly ConcurrentQueue<string> _batches = new();

    public DrawnText(RawCircuit circuit) => circuit.Drawn += batch => _batches.Enqueue(Encoding.UTF8.GetString(batch));

    /// <summary>Whether a text of the page is this, or contains it.</summary>
    public bool Has(string text) => _batches.Any(batch => batch.Contains(text, StringComparison.Ordinal));

    /// <summary>Waits until this text has been drawn.</summary>
    public Task HasAsync(string text) => Eventually.Async(() => Task.FromResult(Has(text)));
}
