using StackExchange.Redis;

namespace Dashboard.Valkey.Commands;

/// <summary>A command and how to read its reply.</summary>
/// <param name="Words">Texts, or bytes of a key or value.</param>
/// <param name="Read">Returns the value or a fault; may throw <see cref="InvalidCastException"/> when the reply has another shape.</param>
internal sealed record Query<T>(string Command, object[] Words, Func<RedisResult, Reply<T>> Read);
