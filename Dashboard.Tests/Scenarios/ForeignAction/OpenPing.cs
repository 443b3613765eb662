using Dashboard.Actions;
using Dashboard.Instances;

namespace Dashboard.Scenarios.ForeignAction;

/// <summary>A ping that waits for an answer until a person closes it.</summary>
public sealed record OpenPing(Guid Id, InstanceId Instance, string Greeting) : AftermathItem(Id);
