using System.Text.Json;
using Microsoft.Playwright;

namespace Dashboard.Benchmarks.Browser;

/// <summary>Records how long the tasks of a page's main thread take, by a trace of the browser.</summary>
internal sealed class TraceTasks
{
    private const string Task = "RunTask";
    private const string MainThread = "CrRendererMain";

    private readonly TaskCompletionSource _complete = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<JsonElement> _events = [];

    /// <summary>Traces for a while.</summary>
    /// <returns>Tasks of 1 ms and more, in milliseconds.</returns>
    public static async Task<IReadOnlyList<double>> RecordAsync(IPage page, TimeSpan length, CancellationToken cancel)
    {
        var (tools, trace) = (await page.Context.Browser!.NewBrowserCDPSessionAsync(), new TraceTasks());
        tools.Event("Tracing.dataCollected").OnEvent += (_, part) =>
            trace._events.AddRange(part!.Value.GetProperty("value").EnumerateArray().Select(one => one.Clone()));
        tools.Event("Tracing.tracingComplete").OnEvent += (_, _) => trace._complete.TrySetResult();
        await tools.SendAsync(
            "Tracing.start",
            new() { ["transferMode"] = "ReportEvents", ["categories"] = "-*,toplevel,disabled-by-default-devtools.timeline,__metadata" });
        await System.Threading.Tasks.Task.Delay(length, TimeProvider.System, cancel);
        await tools.SendAsync("Tracing.end");
        await trace._complete.Task.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, cancel);
        await tools.DetachAsync();
        return trace.OfBusiestPage();
    }

    /// <summary>The browser keeps idle renderers in reserve; the busiest one's main thread is the page's.</summary>
    private List<double> OfBusiestPage()
    {
        var threads = _events.Where(one => Is(one, "thread_name") && one.GetProperty("args").GetProperty("name").GetString() == MainThread)
            .Select(Thread).ToHashSet();
        var tasks = _events.Where(one => Is(one, Task) && threads.Contains(Thread(one)) && one.TryGetProperty("dur", out _))
            .GroupBy(Thread, one => one.GetProperty("dur").GetDouble() / 1000)
            .MaxBy(thread => thread.Sum()) ?? throw new BenchException("The browser's trace names no task of a page's main thread: another "
                + "version of Chromium may name it differently.");
        return [.. tasks.Where(milliseconds => milliseconds >= 1)];
    }

    private static bool Is(JsonElement one, string name) => one.GetProperty("name").GetString() == name;

    private static (long Process, long Thread) Thread(JsonElement one) =>
        (one.GetProperty("pid").GetInt64(), one.GetProperty("tid").GetInt64());
}
