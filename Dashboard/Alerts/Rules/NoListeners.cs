namespace Dashboard.Alerts.Rules;

/// <summary>The application processes that listened on a cable are gone: what is broadcast reaches nobody.</summary>
/// <remarks>
/// A process subscribes when its first WebSocket opens (Rails, <c>subscription_adapter/redis.rb</c>), so that none at all is no fault where
/// none was ever seen; the card says so. A deployment takes some seconds without any.
/// </remarks>
internal sealed class NoListeners : IAlertRule
{
    private static readonly TimeSpan Deploying = TimeSpan.FromSeconds(30);

    public string Id => "no-listeners";

    public Finding? Evaluate(RuleContext context) =>
        context.ListenersSeen && context.Facts?.Supplementary.AppProcesses == 0 && context.Now is { } now
            && !(now.Server.Uptime < Deploying) && context.HighestIn(Deploying, "app_processes") == 0
            ? context.Found(
                Id, Severity.Warning, "listeners gone",
                $"{context.Instance.Id} has no app process listening any more: live updates reach no one.",
                "Start the application’s processes. If they run: restart them, and check their cable.yml and this server’s address.")
            : null;
}
