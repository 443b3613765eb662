using Dashboard.Actions;
using Dashboard.Instances;

namespace Dashboard.Scenarios.ForeignAction;

/// <summary>Waits for an answer until somebody closes it.</summary>
public sealed record OpenPing(Guid Id, InstanceId Instance, string Greeting) : AftermathItem(Id);
