using Dashboard.Actions.Execution;
using Dashboard.Actions.Planning;
using Dashboard.Actions.Scanning;
using Dashboard.Configuration;

namespace Dashboard.Actions;

/// <summary>Registers the actions: each class that is an <see cref="IAdminAction"/> or an <see cref="IActionAftermath"/>.</summary>
internal static class ActionsSetup
{
    private static readonly Type[] Contracts = [typeof(IAdminAction), typeof(IActionAftermath)];

    public static IHostApplicationBuilder AddActions(this IHostApplicationBuilder builder)
    {
        var classes = typeof(IAdminAction).Assembly.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false });
        foreach (var type in classes.Where(type => Contracts.Any(type.IsAssignableTo)))
        {
            builder.Services.AddAction(type);
        }

        builder.Services.AddSettings<ScanBudget>();
        builder.Services.AddSingleton<RunStore>().AddSingleton<RunCache>().AddSingleton<PendingPlans>();
        builder.Services.AddSingleton<ActionCatalog>().AddSingleton<ActionPlanner>().AddSingleton<ActionExecutor>();
        builder.Services.AddSingleton<ActionRunner>().AddHostedService(services => services.GetRequiredService<ActionRunner>());
        builder.Services.AddHostedService<AbandonedRunSweeper>();
        return builder;
    }

    /// <summary>Adds one class: an action, an action's aftermath, or both in one.</summary>
    public static IServiceCollection AddAction(this IServiceCollection services, Type type)
    {
        services.AddSingleton(type);
        foreach (var contract in Contracts.Where(type.IsAssignableTo))
        {
            services.AddSingleton(contract, provider => provider.GetRequiredService(type));
        }

        return services;
    }
}
