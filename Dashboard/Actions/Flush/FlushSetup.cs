using Dashboard.Actions.Flush.Recovery;
using Dashboard.Actions.Flush.Retention;
using Dashboard.Actions.Sampling;

namespace Dashboard.Actions.Flush;

/// <summary>
/// Registers what flushes need beside the actions: what they retain for Undo, who purges it, and the estimate of recovery.
/// </summary>
internal static class FlushSetup
{
    public static IHostApplicationBuilder AddFlush(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<RecoveryEstimate>().AddSingleton<FlushUndo>();
        builder.Services.AddSingleton<ForeignKeySearches>().AddSingleton<KeyCheck>();
        builder.Services.AddSingleton<RetainedFlushes>().AddSingleton<RetryBackoff>();
        builder.Services.AddSingleton<RetentionCheck>().AddSingleton<RetentionPurge>();
        builder.Services.AddSingleton(new LateTokens(() => TimeSpan.Zero));
        builder.Services.AddSingleton<RetentionKeeper>().AddHostedService<RetentionSweeper>();
        return builder;
    }
}
