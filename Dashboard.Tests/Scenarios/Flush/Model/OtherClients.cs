using System.Globalization;
using Dashboard.Servers;
using Dashboard.Valkey;

namespace Dashboard.Scenarios.Flush.Model;

/// <summary>What applications, operators and the server itself do to the two databases beside the consoles.</summary>
internal sealed class OtherClients(TestServer server, int spare)
{
    private const string Write = """
        redis.call('SELECT', ARGV[1])
        for at = 2, #ARGV, 2 do redis.call('SET', ARGV[at], ARGV[at + 1]) end
        """;

    private const string Remove = """
        redis.call('SELECT', ARGV[1])
        for at = 2, #ARGV do redis.call('DEL', ARGV[at]) end
        """;

    private const string All = """
        redis.call('SELECT', ARGV[1])
        local all = {}
        for _, key in ipairs(redis.call('KEYS', '*')) do
          all[#all + 1] = key
          all[#all + 1] = redis.call('GET', key)
        end
        return all
        """;

    /// <summary>Makes all keys, and the token, older, and returns the server's clock in microseconds.</summary>
    private const string Older = """
        for _, database in ipairs({0, tonumber(ARGV[1])}) do
          redis.call('SELECT', database)
          for _, key in ipairs(redis.call('KEYS', '*')) do
            if key == 'dashboard:flush' then
              local text = redis.call('GET', key)
              local begin, at = string.match(text, '^(.* )(%d+)$')
              if at then redis.call('SET', key, begin .. string.format('%.0f', tonumber(at) - ARGV[2] * 1000000)) end
            elseif ARGV[3] == '1' then
              local idle = redis.call('OBJECT', 'IDLETIME', key) + ARGV[2]
              redis.call('RESTORE', key, 0, redis.call('DUMP', key), 'REPLACE', 'IDLETIME', idle)
            end
          end
        end
        return string.match(redis.call('INFO', 'server'), 'server_time_usec:(%d+)')
        """;

    private int _written;

    /// <summary>Whether the server is a replica now: others cannot write to it, and its keys do not become older.</summary>
    private bool _isReplica;

    /// <summary>Writes keys, each with a value that no key has had before.</summary>
    public Task WriteAsync(bool inSpare, IEnumerable<string> keys) =>
        RunAsync(Write, inSpare, keys.SelectMany(key => new[] { key, $"value {++_written}" }));

    public Task RemoveAsync(bool inSpare, IEnumerable<string> keys) => RunAsync(Remove, inSpare, keys);

    public async Task EvictTokenAsync()
    {
        await RemoveAsync(false, [FlushToken.Key]);
        await RemoveAsync(true, [FlushToken.Key]);
    }

    public async Task<Dictionary<string, string>> KeysAsync(bool inSpare)
    {
        var all = (string[])(await server.CallAsync("EVAL", All, "0", Number(inSpare)))!;
        return all.Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]);
    }

    /// <summary>Sets the server's clock forward: all that it did before is so much older.</summary>
    /// <param name="knowsUse">Whether the policy keeps when a key was used.</param>
    /// <returns>The server's clock, not set forward, in microseconds; null where it was not done.</returns>
    public async Task<long?> AgeAsync(TimeSpan by, bool knowsUse) => _isReplica ? null : long.Parse(
        (string)(await server.CallAsync("EVAL", Older, "0", $"{spare}", $"{by.TotalSeconds:0}", knowsUse ? "1" : "0"))!,
        CultureInfo.InvariantCulture);

    public async Task FlushAllAsync()
    {
        if (!_isReplica)
        {
            await server.CallAsync("FLUSHALL");
        }
    }

    public async Task DemoteAsync()
    {
        _isReplica = true;
        await server.CallAsync("REPLICAOF", TestServer.Host, FreePort.Next());
    }

    public async Task PromoteAsync()
    {
        await server.CallAsync("REPLICAOF", "NO", "ONE");
        _isReplica = false;
    }

    /// <summary>The server was started again.</summary>
    public void Restarted() => _isReplica = false;

    private async Task RunAsync(string script, bool inSpare, IEnumerable<string> arguments)
    {
        if (!_isReplica)
        {
            await server.CallAsync("EVAL", [script, "0", Number(inSpare), .. arguments]);
        }
    }

    private string Number(bool inSpare) => inSpare ? $"{spare}" : "0";
}
