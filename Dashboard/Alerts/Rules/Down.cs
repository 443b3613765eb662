using Dashboard.Valkey;

namespace Dashboard.Alerts.Rules;

/// <summary>Polls fail for a reason other than credentials, loading or a busy script.</summary>
/// <remarks>The first failure is a warning; three in a row and 5 s make it critical.</remarks>
internal sealed class Down : IAlertRule
{
    private const string Blind = "The console is blind here; users may be served well.";

    public string Id => "down";

    public Finding? Look(Evidence evidence)
    {
        if (evidence.Fault is not { } fault || fault.IsAboutCredentials || fault.Kind is FaultKind.Loading or FaultKind.Busy or FaultKind.Misconf)
        {
            return null;
        }

        var words = FaultWords.Of(fault, evidence.Instance.Address.Endpoint);
        var sentence = $"{evidence.Instance.Id} {words.What} {(evidence.IsDown ? Meaning(fault, evidence) : "Asking again.")}";
        return evidence.Found(Id, evidence.IsDown ? Severity.Critical : Severity.Warning, words.Status, sentence, words.Remedy);
    }

    /// <summary>A server that answers the console with an error, or whose certificate only the console mistrusts, may well serve the application: nothing is claimed that was not seen.</summary>
    private static string Meaning(Fault fault, Evidence evidence) => fault switch
    {
        { Kind: FaultKind.MaxClients } => "Who is connected is still served; nobody new gets in.",
        { Kind: FaultKind.Tls } => Blind,
        { Reachable: false } or { Kind: FaultKind.MasterDown } => UserImpact.WhenGone(evidence.Instance.Purpose),
        _ => Blind,
    };
}
