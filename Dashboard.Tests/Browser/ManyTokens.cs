using Dashboard.Servers;

namespace Dashboard.Browser;

/// <summary>100,000 tokens of 1,000 users on a server. Their ids begin alike: users 7, 70 and 700 are three.</summary>
internal static class ManyTokens
{
    public const int All = 100_000;
    public const int OfUser = All / Users;

    private const int Users = 1_000;
    private const int TokensACall = 5_000;

    /// <summary>Arguments: first and last token, number of users.</summary>
    private const string FillScript = """
        for i = tonumber(ARGV[1]), tonumber(ARGV[2]) do
          redis.call(
            'SET', 'token:' .. string.format('%07d', i) .. '-abcdefghijklmnopqrstuvwxyz0123456789',
            '{"user_id":' .. (i % tonumber(ARGV[3])) .. '}', 'EX', 86400)
        end
        """;

    /// <summary>Counts the tokens with the value in the argument.</summary>
    private const string CountScript = """
        local cursor, count = '0', 0
        repeat
          local page = redis.call('SCAN', cursor, 'MATCH', 'token:*', 'COUNT', 1000)
          cursor = page[1]
          for _, key in ipairs(page[2]) do
            if redis.call('GET', key) == ARGV[1] then count = count + 1 end
          end
        until cursor == '0'
        return count
        """;

    /// <summary>Stores them, and nothing in a file: a server's small disk could not hold it.</summary>
    public static async Task FillAsync(TestServer server)
    {
        await server.CallAsync("CONFIG", "SET", "appendonly", "no");
        for (var first = 0; first < All; first += TokensACall)
        {
            await server.CallAsync("EVAL", FillScript, 0, first, first + TokensACall - 1, Users);
        }
    }

    /// <summary>How many tokens of this user the server has.</summary>
    public static async Task<long> CountAsync(TestServer server, string user) =>
        (long)await server.CallAsync("EVAL", CountScript, 0, $$"""{"user_id":{{user}}}""");
}
