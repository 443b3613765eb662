using System.Buffers.Text;
using System.Globalization;
using System.Text;
using StackExchange.Redis;

namespace Dashboard.Demo.Load;

/// <summary>
/// One Rails process as the server sees it: one connection that holds the channels of all its visitors, and one that publishes.
/// </summary>
internal sealed class ActionCableProcess(IConnectionMultiplexer connection) : IDisposable
{
    private static readonly RedisChannel Internal = RedisChannel.Literal("_action_cable_internal");
    private readonly ISubscriber _subscriber = connection.GetSubscriber();

    /// <summary>The name that ActionCable gives its connections.</summary>
    public static string NameOf(int pid) => string.Create(CultureInfo.InvariantCulture, $"ActionCable-PID-{pid}");

    public Task StartAsync() => _subscriber.SubscribeAsync(Internal, Receive);

    /// <summary>A visitor opens the first page: subscribes to the channel of this identity and to its notifications.</summary>
    /// <remarks>All that is sent to the channel of an identity is the request to close its sockets.</remarks>
    public Task ArriveAsync(int user) => Task.WhenAll(
        _subscriber.SubscribeAsync(Identity(user), (_, _) => _ = LeaveAsync(user)),
        _subscriber.SubscribeAsync(Notifications(user), Receive));

    /// <summary>The last page is closed. Fire and forget; it also takes back a subscription that failed.</summary>
    public Task LeaveAsync(int user) => Task.WhenAll(
        _subscriber.UnsubscribeAsync(Identity(user), flags: CommandFlags.FireAndForget),
        _subscriber.UnsubscribeAsync(Notifications(user), Receive, CommandFlags.FireAndForget));

    public Task NotifyAsync(int user, int order) =>
        _subscriber.PublishAsync(
            Notifications(user), string.Create(CultureInfo.InvariantCulture, $$"""{"message":"New order","order_id":{{order}}}"""));

    public void Dispose() => connection.Dispose();

    /// <summary><c>action_cable/</c> and the user's GlobalID, base64url without padding: <c>gid://my-app/User/7</c>.</summary>
    public static RedisChannel Identity(int user) => RedisChannel.Literal(
        "action_cable/"
            + Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"gid://my-app/User/{user}"))));

    private static RedisChannel Notifications(int user) =>
        RedisChannel.Literal(string.Create(CultureInfo.InvariantCulture, $"notifications:{user}"));

    private static void Receive(RedisChannel channel, RedisValue message)
    {
        // Rails would pass it on to the visitor's WebSocket.
    }
}
