using Dashboard.Servers;

namespace Dashboard.Browser;

/// <summary>The keys of an application in a cache, written and counted without the console.</summary>
internal sealed class CacheKeys(TestServer server)
{
    public async Task FillAsync(string prefix, int keys) =>
        await server.CallAsync("EVAL", $"for i = 1, {keys} do redis.call('SET', '{prefix}p-'..i, i, 'EX', 5000 + i) end", "0");

    /// <summary>Writes values of a kilobyte, in several scripts: nothing is evicted in the middle of one.</summary>
    public async Task WriteAsync(string prefix, int keys)
    {
        for (var written = 0; written < keys; written += 250)
        {
            await server.CallAsync(
                "EVAL", $"for i = {written + 1}, {written + 250} do redis.call('SET', '{prefix}p-'..i, string.rep('x', 1000)) end", "0");
        }
    }

    public async Task<long> CountAsync(int database) =>
        (long)await server.CallAsync("EVAL", $"redis.call('SELECT', {database}) return redis.call('DBSIZE')", "0");

    /// <summary>Counts the keys in all databases but the application's.</summary>
    public async Task<long> CountAsideAsync() => (long)await server.CallAsync(
        "EVAL", "local all = 0 for database = 1, 15 do redis.call('SELECT', database) "
            + "all = all + redis.call('DBSIZE') - redis.call('EXISTS', 'dashboard:flush') end return all", "0");

    /// <summary>A digest of names, values and expiry times.</summary>
    public async Task<string> DigestAsync() => (string)(await server.CallAsync(
        "EVAL", "local all = redis.call('KEYS', '*') table.sort(all) local sum = '' for _, key in ipairs(all) do sum = redis.sha1hex(sum "
            + ".. key .. redis.call('GET', key) .. redis.call('PEXPIRETIME', key)) end return sum", "0"))!;
}
