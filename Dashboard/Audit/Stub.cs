#pragma warning disable CA1822
using Dashboard.Instances; using Dashboard.Store; using Microsoft.Data.Sqlite;
namespace Dashboard.Audit;
internal enum AuditResult { Done, Refused, Failed, Unknown, Started }
internal sealed record AuditEvent(string Action, string Actor, string? Address = null)
{ public string? Subject { get; init; } public InstanceId? Instance { get; init; } public string? RunId { get; init; } public int? Database { get; init; } public string? Reason { get; init; } public AuditResult Result { get; init; } public string? Detail { get; init; } }
internal sealed class AuditTrail(ConsoleStore store)
{
    public Task<StoreTrouble?> NoteAsync(AuditEvent what, CancellationToken cancel) => Task.FromResult<StoreTrouble?>(null);
    public Task<T> WriteAsync<T>(AuditEvent what, Func<SqliteTransaction, T> alongside, CancellationToken cancel) => store.WriteAsync(alongside, cancel);
    public Task<T> WriteAsync<T>(Func<SqliteTransaction, (T Result, AuditEvent? Event)> work, CancellationToken cancel) => store.WriteAsync(t => work(t).Result, cancel);
}
internal sealed class AnonymousFailures { public void Note(string? address, string action, string detail) { } }
internal static class AuditSetup { public static void AddAudit(this IHostApplicationBuilder b) {
 b.Services.AddSingleton(s => { var f = Path.Combine(s.GetRequiredService<IHostEnvironment>().ContentRootPath, s.GetRequiredService<Microsoft.Extensions.Options.IOptions<DashboardOptions>>().Value.DataFolder); return new ConsoleFiles(Path.Combine(f, "console.db"), Path.Combine(f, "audit.head")); });
 b.Services.AddSingleton<ConsoleStore>(); b.Services.AddSingleton<AuditTrail>(); b.Services.AddSingleton<AnonymousFailures>(); } }
