using System.Collections.Concurrent;
using StackExchange.Redis;

namespace Dashboard.Demo.Load;

/// <summary>Access tokens: visitors sign in, every request reads a token, visitors sign out, and a few tokens lack their TTL.</summary>
/// <remarks>A visitor who is refused signs in again, so that a flushed or restarted server fills up on its own.</remarks>
internal sealed class TokenTraffic(Target server, TimeProvider time) : Traffic(server, time)
{
    private const int SignedInAtFirst = 6_000;
    private const int SignedInAtMost = 9_000;
    private const int WithoutTtl = 12;
    private const int Users = 2_500;
    private const double ReadsPerSecond = 60;
    private const double SignInsPerSecond = 3;
    private const double UnknownShare = 0.03;

    private readonly Random _random = new();
    private readonly List<string> _signedIn = [];
    private readonly ConcurrentQueue<string> _refused = [];
    private ConnectionMultiplexer? _connection;

    protected override async Task BeginAsync()
    {
        var session = await DatabaseAsync();
        await session.PingAsync();
        // In portions that a slow machine completes within the timeout; a retry continues where the last try ended.
        foreach (var people in Enumerable.Range(_signedIn.Count, SignedInAtFirst + WithoutTtl - _signedIn.Count).Chunk(250))
        {
            await Task.WhenAll(people.Select(n => SignInAsync(session, AccessToken.Life * _random.NextDouble(), withTtl: n >= WithoutTtl,
                n is >= WithoutTtl and < WithoutTtl + CableTraffic.Tabs ? CableTraffic.Regular : null)));
        }
    }

    protected override async Task WorkAsync(double seconds)
    {
        var session = await DatabaseAsync();
        var work = Enumerable.Range(0, LoadCurve.Now(ReadsPerSecond, seconds, _random)).Select(_ => ReadAsync(session)).ToList();
        while (_refused.TryDequeue(out var key))
        {
            if (_signedIn.Remove(key))
            {
                work.Add(SignInAsync(session, TimeSpan.Zero, withTtl: true));
            }
        }

        for (var n = LoadCurve.Now(SignInsPerSecond, seconds, _random); n > 0; n--)
        {
            work.Add(SignInAsync(session, TimeSpan.Zero, withTtl: _random.Next(400) > 0));
        }

        for (var n = LoadCurve.Now(SignOutsPerSecond, seconds, _random); n > 0 && _signedIn.Count > 0; n--)
        {
            work.Add(SignOutAsync(session));
        }

        await Task.WhenAll(work);
    }

    public override void Dispose()
    {
        _connection?.Dispose();
        base.Dispose();
    }

    // Fewer than the sign-ins until the maximum is reached: the number settles, and a demo that runs for days does not fill the server.
    private double SignOutsPerSecond => SignInsPerSecond * _signedIn.Count / SignedInAtMost;

    private async Task ReadAsync(IDatabase session)
    {
        var key = _random.NextDouble() < UnknownShare || _signedIn.Count == 0
            ? AccessToken.New(0, default).Key
            : _signedIn[_random.Next(_signedIn.Count)];
        if ((await session.StringGetAsync(key)).IsNull)
        {
            _refused.Enqueue(key);
        }
    }

    // Lists are changed and random numbers drawn before the first await: until there the tasks of one tick run one after the other.
    private Task<bool> SignInAsync(IDatabase session, TimeSpan age, bool withTtl, int? user = null)
    {
        var token = AccessToken.New(user ?? _random.Next(1, Users), Time.GetUtcNow() - age);
        _signedIn.Add(token.Key);
        return session.StringSetAsync(
            token.Key, token.Value, withTtl ? new Expiration(AccessToken.Life - age + TimeSpan.FromMinutes(1)) : default);
    }

    private Task<bool> SignOutAsync(IDatabase session)
    {
        var index = _random.Next(_signedIn.Count);
        var key = _signedIn[index];
        (_signedIn[index], _signedIn[^1]) = (_signedIn[^1], key);
        _signedIn.RemoveAt(_signedIn.Count - 1);
        return session.KeyDeleteAsync(key);
    }

    private async Task<IDatabase> DatabaseAsync() => (_connection ??= await ConnectAsync("rails-session")).GetDatabase();
}
