using Dashboard.Audit;
using Dashboard.Components;
using Dashboard.Demo;
using Dashboard.History;
using Dashboard.Instances;
using Dashboard.Keys;
using Dashboard.Monitoring;
using Dashboard.Valkey;

var builder = WebApplication.CreateBuilder(args);
if (args is [AuditCommand.Word, .. var words])
{
    return AuditCommand.Run(builder, words);
}

if (!await builder.AddDemoAsync())
{
    return 1;
}

builder.AddInstances();
builder.AddValkey();
builder.AddHistory();
builder.AddMonitoring();
builder.AddKeys();
builder.AddAudit();
builder.AddComponents();

var app = builder.Build();
app.MapComponents();
app.MapAudit();
return await app.RunToEndAsync();
