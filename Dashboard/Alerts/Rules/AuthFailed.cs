namespace Dashboard.Alerts.Rules;

/// <summary>The server lives but does not let the console in; the application may be served well.</summary>
internal sealed class AuthFailed : IAlertRule
{
    public string Id => "auth-failed";

    public Finding? Look(Evidence evidence)
    {
        if (evidence.Fault is not { IsAboutCredentials: true } fault)
        {
            return null;
        }

        var words = FaultWords.Of(fault, evidence.Instance.Address.Endpoint);
        return evidence.Found(Id, Severity.Critical, words.Status, $"{evidence.Instance.Id} {words.What} The console is blind here; users may be served well.", words.Remedy);
    }
}
