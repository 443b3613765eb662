using System.Buffers.Text;
using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace Dashboard.Benchmarks.Measuring;

/// <summary>How long a thread was ready to run and waited for a processor, as the kernel counts it. Reading allocates nothing.</summary>
public sealed class ProcessorWait : IDisposable
{
    private readonly SafeFileHandle _file;

    private ProcessorWait(string file) => _file = File.OpenHandle(file);

    /// <summary>The wait of the thread that calls this.</summary>
    public static ProcessorWait OfThisThread() => new("/proc/thread-self/schedstat");

    /// <summary>The wait of a process's first thread, on which a server runs its commands.</summary>
    /// <exception cref="IOException">There is no such process.</exception>
    public static ProcessorWait Of(int pid) => new(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/task/{pid}/schedstat"));

    /// <summary>The total since the thread began.</summary>
    public TimeSpan Read()
    {
        Span<byte> text = stackalloc byte[96];
        return Parse(text[..RandomAccess.Read(_file, text, 0)]);
    }

    /// <param name="text">Content of a schedstat, e.g. <c>81234567 587376 12</c>: nanoseconds run, nanoseconds waited, times run.</param>
    public static TimeSpan Parse(ReadOnlySpan<byte> text)
    {
        var waited = text[(text.IndexOf((byte)' ') + 1)..];
        return Utf8Parser.TryParse(waited, out long nanoseconds, out _)
            ? TimeSpan.FromTicks(nanoseconds / TimeSpan.NanosecondsPerTick)
            : throw new FormatException("This is not the content of a schedstat file.");
    }

    public void Dispose() => _file.Dispose();
}
