using Dashboard.Actions.Execution;
using Dashboard.Actions.Flush;
using Dashboard.Actions.Flush.Recovery;
using Dashboard.Actions.Flush.Retention;
using Dashboard.Actions.Planning;
using Dashboard.Actions.Scanning;
using Dashboard.Configuration;

namespace Dashboard.Actions;

/// <summary>Registers what people may do to an instance: each class that implements <see cref="IAdminAction"/>.</summary>
internal static class ActionsSetup
{
    public static IHostApplicationBuilder AddActions(this IHostApplicationBuilder builder)
    {
        foreach (var action in typeof(IAdminAction).Assembly.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IAdminAction))))
        {
            builder.Services.AddSingleton(typeof(IAdminAction), action);
        }

        builder.Services.AddSettings<ScanBudget>();
        builder.Services.AddSingleton<RunStore>().AddSingleton<RunCache>().AddSingleton<PendingPlans>();
        builder.Services.AddSingleton<ActionCatalog>().AddSingleton<ActionPlanner>().AddSingleton<ActionExecutor>();
        builder.Services.AddSingleton<ActionRunner>().AddHostedService(services => services.GetRequiredService<ActionRunner>());
        builder.Services.AddSingleton<SwapBook>().AddSingleton<SwapTries>().AddSingleton<SwapClosing>().AddSingleton<SwapPurge>().AddSingleton<SwapSearch>().AddSingleton<SwapResume>().AddSingleton<SwapKeeper>().AddSingleton<UndoFlush>().AddSingleton<FlushUndo>().AddSingleton<RecoveryEstimate>();
        builder.Services.AddHostedService<AbandonedRunSweeper>().AddHostedService<SwapSweep>();
        return builder;
    }
}
