using Dashboard.Audit.Events;

namespace Dashboard.Audit.Intents;

/// <summary>An act that is recorded as about to happen; it requires an outcome.</summary>
/// <param name="Act">The id that the rows of the act share.</param>
internal sealed record AuditIntent(Guid Act, AuditEvent What);
