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
        return context.IsDown
            ? context.Found(
                Id, Severity.Critical, faultDescription.Status,
                $"{context.Instance.Id} {faultDescription.What} {Meaning(fault, context)}", faultDescription.Remedy)
            : context.Found(
                Id, Severity.Warning, context.Facts is null ? "connecting" : "checking",
                $"{context.Instance.Id} {faultDescription.What} Trying again before it counts as down.",
                "Wait a few seconds: one failed poll is not an outage.") with
            {
                Tentative = true,
            };
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
