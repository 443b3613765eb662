using Microsoft.AspNetCore.SignalR;

namespace Dashboard.Realtime;

/// <summary>
/// The manager of <see cref="ConsoleHub"/>'s connections: SignalR's own of the session that works now. SignalR's connects once and never
/// again; where the server refuses it a subscription later, or loses it, it hears nothing for good. A new session has a new one.
/// </summary>
/// <remarks>The hub has one connection in each console, and sends to all; nothing else is supported.</remarks>
internal sealed class ConsoleHubManager : HubLifetimeManager<ConsoleHub>
{
    private volatile BackplaneSession? _session;

    /// <summary>The session that is used from now on; null while there is none.</summary>
    public BackplaneSession? Session
    {
        get => _session;
        set => _session = value;
    }

    public override Task OnConnectedAsync(HubConnectionContext connection) =>
        Inner is { } inner ? Remember(connection, inner).OnConnectedAsync(connection) : throw Nothing();

    /// <summary>Ends where it began, though another session may have begun since.</summary>
    public override Task OnDisconnectedAsync(HubConnectionContext connection) =>
        connection.Items.TryGetValue(typeof(ConsoleHubManager), out var inner)
            ? ((HubLifetimeManager<ConsoleHub>)inner!).OnDisconnectedAsync(connection)
            : Task.CompletedTask;

    public override Task SendAllAsync(string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        Inner is { } inner ? inner.SendAllAsync(methodName, args, cancellationToken) : Task.FromException(Nothing());

    public override Task AddToGroupAsync(string connectionId, string groupName, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public override Task RemoveFromGroupAsync(string connectionId, string groupName, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public override Task SendAllExceptAsync(
        string methodName, object?[] args, IReadOnlyList<string> excludedConnectionIds, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public override Task SendConnectionAsync(
        string connectionId, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public override Task SendConnectionsAsync(
        IReadOnlyList<string> connectionIds, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public override Task SendGroupAsync(
        string groupName, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public override Task SendGroupsAsync(
        IReadOnlyList<string> groupNames, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public override Task SendGroupExceptAsync(
        string groupName, string methodName, object?[] args, IReadOnlyList<string> excludedConnectionIds,
        CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public override Task SendUserAsync(string userId, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public override Task SendUsersAsync(
        IReadOnlyList<string> userIds, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    private HubLifetimeManager<ConsoleHub>? Inner => _session?.Manager;

    private static HubLifetimeManager<ConsoleHub> Remember(HubConnectionContext connection, HubLifetimeManager<ConsoleHub> inner)
    {
        connection.Items[typeof(ConsoleHubManager)] = inner;
        return inner;
    }

    private static IOException Nothing() => new("The backplane has no connection.");
}
