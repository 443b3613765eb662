using Dashboard.Audit.Events;

namespace Dashboard.Audit.Intents;

/// <summary>An act that the log knows is about to happen; it wants an outcome.</summary>
/// <param name="Act">What its rows share.</param>
internal sealed record AuditIntent(Guid Act, AuditEvent What);
