using Dashboard.Actions.Flush.Recovery;
using Dashboard.Actions.Flush.Retention;

namespace Dashboard.Actions.Flush;

/// <summary>
/// Registers what flushes need beside the actions: what they keep for Undo, who gives it up, and the estimate of recovery.
/// </summary>
internal static class FlushSetup
{
    public static IHostApplicationBuilder AddFlush(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<RecoveryEstimate>().AddSingleton<FlushUndo>();
        builder.Services.AddSingleton<SwapBook>().AddSingleton<SwapTries>().AddSingleton<SwapClosing>().AddSingleton<SwapPurge>();
        builder.Services.AddSingleton<SwapSearch>().AddSingleton<SwapResume>().AddSingleton<SwapKeeper>().AddHostedService<SwapSweep>();
        return builder;
    }
}
