using System.Reflection;
using Dashboard.Info;
using Microsoft.Extensions.Logging;

namespace Dashboard.Architecture;

/// <summary>The number of a log event identifies one event, so that log lines can be filtered and counted by it.</summary>
public sealed class LogEventsTests
{
    private const BindingFlags Own =
        BindingFlags.DeclaredOnly | BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    private static readonly List<(string Name, int Id)> Events =
    [
        .. from type in typeof(Snapshot).Assembly.GetTypes()
           from method in type.GetMethods(Own)
           let message = method.GetCustomAttribute<LoggerMessageAttribute>()
           where message is not null
           select ($"{type.Name}.{method.Name}", message.EventId),
    ];

    [Fact]
    public void Events_AreSeen() => Assert.Contains(Events, one => one.Id == 100);

    [Fact]
    public void Ids_ArePositive() => Assert.DoesNotContain(Events, one => one.Id <= 0);

    [Fact]
    public void Ids_AreUnique()
    {
        var shared = Events.GroupBy(one => one.Id).Where(same => same.Count() > 1);

        Assert.Empty(shared.Select(same => $"{same.Key}: {string.Join(", ", same.Select(one => one.Name))}"));
    }
}
