using Dashboard.Audit.Aggregation;
using Dashboard.Audit.Chain;
using Dashboard.Audit.Integrity;
using Dashboard.Audit.Intents;
using Dashboard.Audit.Reading;
using Dashboard.Changes;
using Dashboard.Configuration;
using Dashboard.Realtime;
using Dashboard.Storage;
using Dashboard.Storage.Sqlite;

namespace Dashboard.Audit;

/// <summary>Registers the audit log and its file.</summary>
internal static class AuditSetup
{
    public static void AddAudit(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton(services => FilesOf(services.GetRequiredService<DataFolder>()));
        builder.Services.AddSingleton<ChangeFeed>();
        builder.Services.AddSingleton<IConsoleStore, SqliteConsoleStore>();
        builder.Services.AddSingleton(services => services.GetRequiredService<IConsoleStore>().Dialect);
        builder.Services.AddSingleton<ITransientStore>(
            services => new SqliteTransientStore(new SqliteFile(services.GetRequiredService<DataFolder>().Presence)));
        builder.Services.AddSingleton(ReplicaId.OfThisStart());
        builder.Services.AddSingleton<AuditKeyFile>();
        builder.Services.AddSingleton<AuditHeadFile>();
        builder.Services.AddSingleton<AuditChain>();
        builder.Services.AddSingleton<Acknowledgement>();
        builder.Services.AddSingleton<AuditTrail>();
        builder.Services.AddSingleton<AuditQuery>();
        builder.Services.AddSingleton<AuditExport>();
        builder.Services.AddHostedService<LifecycleEvents>();
        builder.Services.AddHostedService<IntentLeaseSweeper>();
        builder.Services.AddSingleton<AuditIntegrityMonitor>();
        builder.Services.AddHostedService(services => services.GetRequiredService<AuditIntegrityMonitor>());
        builder.Services.AddSingleton<RepeatedRefusals>();
        builder.Services.AddHostedService(services => services.GetRequiredService<RepeatedRefusals>());
        builder.Services.AddSingleton<AnonymousFailures>();
        builder.Services.AddHostedService(services => services.GetRequiredService<AnonymousFailures>());
    }

    /// <summary>Maps the downloads of the log. The caller decides who may use them.</summary>
    public static IEndpointConventionBuilder MapAudit(this WebApplication app)
    {
        var exports = app.MapGroup("/audit");
        exports.MapGet("/export.csv", (HttpContext context, AuditExport export) => export.CsvAsync(context, Filter(context.Request.Query)));
        exports.MapGet(
            "/export.json", (HttpContext context, AuditExport export) => export.JsonAsync(context, Filter(context.Request.Query)));
        return exports;
    }

    public static ConsoleFiles FilesOf(DataFolder folder) => new(folder.Console, folder.AuditHead, folder.AuditKey);

    private static AuditFilter Filter(IQueryCollection query) =>
        AuditFilter.Read(query["actor"], query["action"], query["instance"], query["result"], query["from"], query["to"], query["text"]);
}
