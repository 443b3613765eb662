using Dashboard.Actions;

namespace Dashboard.Scenarios.ForeignAction;

internal sealed record PingPayload(string Greeting) : ActionPayload;
