namespace Dashboard.Alerts.Rules;

/// <summary>No application process is subscribed on a cable: what is broadcast reaches nobody.</summary>
/// <remarks>Processes need some seconds to come back after a start of the server, so for that long it says nothing.</remarks>
internal sealed class NoListeners : IAlertRule
{
    private static readonly TimeSpan Reconnecting = TimeSpan.FromSeconds(15);

    public string Id => "no-listeners";

    public Finding? Evaluate(RuleContext context)
    {
        if (context.Instance.Profile.Healthy.ByListeners is null || context.Now is not { } now || now.Server.Uptime < Reconnecting
            || context.Facts?.Supplementary.AppProcesses != 0)
        {
            return null;
        }

        return context.Found(
            Id, Severity.Warning, "no listeners",
            $"{context.Instance.Id} has no app process listening: live updates reach no one.",
            "Start the application’s processes. If they run: restart them, and check their cable.yml and this server’s address.");
    }
}
