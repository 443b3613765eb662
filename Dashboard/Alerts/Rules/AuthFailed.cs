namespace Dashboard.Alerts.Rules;

/// <summary>The server runs but does not let the console in; it may serve the application well.</summary>
internal sealed class AuthFailed : IAlertRule
{
    public string Id => "auth-failed";

    public Finding? Evaluate(RuleContext context)
    {
        if (context.Fault is not { IsAboutCredentials: true } fault)
        {
            return null;
        }

        var faultDescription = FaultDescription.Of(fault, context.Instance.Address.Endpoint);
        return context.Found(
            Id, Severity.Critical, faultDescription.Status,
            $"{context.Instance.Id} {faultDescription.What} The console cannot see this server; "
                + "users may be unaffected.", faultDescription.Remedy);
    }
}
