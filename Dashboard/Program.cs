using Dashboard.Components;
using Dashboard.Demo;
using Dashboard.History;
using Dashboard.Instances;
using Dashboard.Keys;
using Dashboard.Monitoring;
using Dashboard.Privileges;
using Dashboard.Valkey;

var builder = WebApplication.CreateBuilder(args);
if (!await builder.AddDemoAsync())
{
    return 1;
}

builder.AddInstances();
builder.AddValkey();
builder.AddHistory();
builder.AddMonitoring();
builder.AddPrivileges();
builder.AddKeys();
builder.AddComponents();

var app = builder.Build();
app.MapComponents();
return await app.RunToEndAsync();
