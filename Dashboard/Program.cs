using Dashboard.Access;
using Dashboard.Access.Bootstrap;
using Dashboard.Access.Roles;
using Dashboard.Actions;
using Dashboard.Actions.Flush;
using Dashboard.Actions.Tokens;
using Dashboard.Actions.Tokens.Sockets;
using Dashboard.Api;
using Dashboard.Audit;
using Dashboard.Components;
using Dashboard.Configuration;
using Dashboard.Demo;
using Dashboard.Demo.Replicas;
using Dashboard.History;
using Dashboard.Hosting.DataProtection;
using Dashboard.Hosting.Edge;
using Dashboard.Monitoring;
using Dashboard.Realtime;
using Dashboard.Valkey.Connecting;
using Dashboard.Valkey.Permissions;

var builder = WebApplication.CreateBuilder(args);
if (args is [AuditCommand.Word, .. var words])
{
    return AuditCommand.Run(builder, words);
}

if (args is [OwnerCommand.Word, .. var asked])
{
    return await OwnerCommand.RunAsync(builder, asked);
}

if (ReplicatedDemo.IsWanted(builder))
{
    return await ReplicatedDemo.RunAsync(builder);
}

if (!await builder.AddDemoAsync())
{
    return 1;
}

builder.AddInstances();
builder.AddEdge();
builder.AddValkey();
builder.AddHistory();
builder.AddMonitoring();
builder.AddPrivileges();
builder.AddKeys();
builder.AddAudit();
builder.AddAccess();
builder.AddActions();
builder.AddFlush();
builder.AddTokens();
builder.AddSockets();
builder.AddRealtime();
builder.AddPresence();
builder.AddExport();
builder.AddComponents();

var app = builder.Build();
if (!await app.HasValidSettingsAsync())
{
    return StartupValidation.WrongSettings;
}

app.UseEdge();
app.UseNotFoundPage();
app.UseAccess();
app.MapExport();
app.MapTokens();
app.MapComponents();
app.MapAudit().RequireAuthorization(Permission.ReadAudit.Id);
await app.RunAsync();
return 0;
