using Dashboard.Valkey;

namespace Dashboard.Alerts.Rules;

/// <summary>Polls fail for a reason other than credentials, loading or a busy script.</summary>
/// <remarks>The first failure is a warning; three in a row and 5 s make it critical.</remarks>
internal sealed class Down : IAlertRule
{
    private const string Blind = "The console cannot see this server; users may be unaffected.";

    public string Id => "down";

    public Finding? Evaluate(RuleContext context)
    {
        if (context.Fault is not { } fault || fault.IsAboutCredentials
            || fault.Kind is FaultKind.Loading or FaultKind.Busy or FaultKind.Misconf)
        {
            return null;
        }

        var faultDescription = FaultDescription.Of(fault, context.Instance.Address.Endpoint);
        var sentence = $"{context.Instance.Id} {faultDescription.What} {(context.IsDown ? Meaning(fault, context) : "Retrying.")}";
        return context.Found(
            Id, context.IsDown ? Severity.Critical : Severity.Warning, faultDescription.Status, sentence, faultDescription.Remedy);
    }

    /// <summary>
    /// A server that answers the console with an error, or whose certificate only the console rejects, may well serve the application:
    /// nothing is claimed that was not seen.
    /// </summary>
    private static string Meaning(Fault fault, RuleContext context) => fault switch
    {
        { Kind: FaultKind.MaxClients } => "Connected clients are still served; new connections are refused.",
        { Kind: FaultKind.Tls } => Blind,
        { Reachable: false } or { Kind: FaultKind.MasterDown } => context.Instance.Profile.Impact.WhenDown,
        _ => Blind,
    };
}
