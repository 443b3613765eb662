namespace Dashboard.Valkey.Commands;

/// <summary>
/// Every script that the console sends to a server. The texts are fixed: what differs is passed as arguments. Each script checks first and
/// then acts, in one atomic step. None loops over more keys than one page has.
/// </summary>
/// <remarks>
/// The first line lets a script run where memory is full: each of them frees memory or takes none. It also lets a script read several keys
/// of a server that is a one-node cluster, whose keys are in many slots.
/// Each answers <c>done</c> with its counts, or <c>breach</c> with the condition that did not hold and what the server has instead.
/// A script's SELECT ends with the script: the connection's database stays.
/// Each calls a command that writes once at most. Where the default user is off, an append-only file loses at the next restart what two
/// writes of a script did: the file has them between MULTI and EXEC, and EXEC is refused while it is loaded. <see cref="BringBack"/> is the
/// exception, and <see cref="Remove"/> on a cluster.
/// </remarks>
internal static class LuaScripts
{
    /// <summary>Empties the database in the background.</summary>
    /// <remarks>Arguments: policy, largest number of keys.</remarks>
    public const string Flush = CommonChecks + FlushChecks + """

        redis.call('FLUSHDB', 'ASYNC')
        return {'done', keys}
        """;

    /// <summary>Exchanges the database with an empty one in one step; nothing is lost.</summary>
    /// <remarks>Arguments: policy, largest number of keys, spare database.</remarks>
    public const string SwapOut = CommonChecks + FlushChecks + """

        redis.call('SELECT', ARGV[5])
        local spare = redis.call('DBSIZE')
        if spare > 0 then return {'breach', 'spare', spare} end
        redis.call('SWAPDB', ARGV[2], ARGV[5])
        return {'done', keys}
        """;

    /// <summary>
    /// Moves a page of what was swapped out back. A key that was written again in the meantime is newer and stays as it is.
    /// </summary>
    /// <remarks>
    /// Arguments: spare database, largest number of keys in it, cursor, page size.
    /// The table of the spare database shrinks as it empties. The last of its buckets then hold five times a page and more, which SCAN
    /// never cuts. Of those, two pages' worth are moved back, and the cursor stays for the rest. This is not done on the first page: its
    /// cursor would mean that the scan is over.
    /// </remarks>
    public const string BringBack = CommonChecks + SpareChecks + """

        local page = redis.call('SCAN', ARGV[5], 'COUNT', ARGV[6])
        local back, many, cursor = 0, #page[2], page[1]
        if many > 2 * ARGV[6] and ARGV[5] ~= '0' then many, cursor = 2 * ARGV[6], ARGV[5] end
        for i = 1, many do
          if redis.call('MOVE', page[2][i], ARGV[2]) == 1 then back = back + 1 else redis.call('UNLINK', page[2][i]) end
        end
        return {'done', cursor, many, back}
        """;

    /// <summary>Deletes what was swapped out.</summary>
    /// <remarks>Arguments: spare database, largest number of keys in it.</remarks>
    public const string Purge = CommonChecks + SpareChecks + """

        redis.call('FLUSHDB', 'ASYNC')
        return {'done', keys}
        """;

    /// <summary>
    /// Removes the keys of a page that match a pattern, except those that do not belong in a cache. A sample misses a few keys among many,
    /// so the server looks at each name where it acts.
    /// </summary>
    /// <remarks>
    /// Arguments: policy, cursor, pattern, page size, largest number of keys to remove. A table that empties shrinks, see
    /// <see cref="BringBack"/>: where the cursor stays, the keys that are left count with the last part of the page.
    /// One UNLINK takes the whole page. On a cluster a command takes the keys of one slot alone, so there each key has its own. Expired
    /// keys of the page, which SCAN drops, are in one transaction with the others all the same (Valkey 8.0, Redis 7.0). Lua passes at most
    /// 8,000 arguments; a page beyond that would be an error, and nothing of it would be removed.
    /// </remarks>
    public const string Remove = CommonChecks + PolicyCheck + ForeignNames.Lua + """

        redis.call('SELECT', ARGV[2])
        local page = redis.call('SCAN', ARGV[4], 'MATCH', ARGV[5], 'COUNT', ARGV[6])
        local names, left, gone, cursor = {}, 0, 0, page[1]
        for _, name in ipairs(page[2]) do
          if foreign(name) then left = left + 1 else names[#names + 1] = name end
        end
        local many = #names
        if many > 2 * ARGV[6] and ARGV[4] ~= '0' then many, left, cursor = 2 * ARGV[6], 0, ARGV[4] end
        local remove = math.min(many, tonumber(ARGV[7]))
        local step = info('cluster', 'cluster_enabled') == '1' and 1 or math.max(1, remove)
        for first = 1, remove, step do
          gone = gone + redis.call('UNLINK', unpack(names, first, first + step - 1))
        end
        return {'done', cursor, many + left, gone, left}
        """;

    /// <summary>Scans a page, which makes the server drop the expired keys. No key name is returned.</summary>
    /// <remarks>Arguments: cursor, page size.</remarks>
    public const string Reclaim = CommonChecks + """

        redis.call('SELECT', ARGV[2])
        local page = redis.call('SCAN', ARGV[3], 'COUNT', ARGV[4])
        return {'done', page[1], #page[2], 0}
        """;

    /// <summary>Returns the names of a page. A name may be of any length; its beginning shows its kind.</summary>
    /// <remarks>Arguments: cursor, pattern, page size.</remarks>
    public const string Sample = CommonChecks + """

        redis.call('SELECT', ARGV[2])
        local page = redis.call('SCAN', ARGV[3], 'MATCH', ARGV[4], 'COUNT', ARGV[5])
        for place, key in ipairs(page[2]) do page[2][place] = string.sub(key, 1, 200) end
        return {'done', page[1], page[2]}
        """;

    /// <summary>Returns which of some keys exist.</summary>
    /// <remarks>Arguments: the keys' names.</remarks>
    public const string Find = CommonChecks + """

        redis.call('SELECT', ARGV[2])
        local found = {}
        for place = 3, #ARGV - 1 do
          if redis.call('EXISTS', ARGV[place]) == 1 then found[#found + 1] = ARGV[place] end
        end
        return {'done', found}
        """;

    /// <summary>Counts the keys of the database.</summary>
    public const string Count = CommonChecks + """

        redis.call('SELECT', ARGV[2])
        return {'done', redis.call('DBSIZE')}
        """;

    /// <summary>
    /// The beginning of every script: checks run id, role and replication id. The first arguments are the run id and the database; a
    /// script's own follow. The last one is the replication id, or empty where it is not compared.
    /// </summary>
    private const string CommonChecks = """
        #!lua flags=allow-oom,allow-cross-slot-keys
        local function info(section, field) return string.match(redis.call('INFO', section), field .. ':([^\r\n]*)') or 'nothing' end
        if info('server', 'run_id') ~= ARGV[1] then return {'breach', 'run_id', info('server', 'run_id')} end
        if info('replication', 'role') ~= 'master' then return {'breach', 'role', info('replication', 'role')} end
        local replication = info('replication', 'master_replid')
        if ARGV[#ARGV] ~= '' and replication ~= ARGV[#ARGV] then return {'breach', 'master_replid', replication} end
        """;

    /// <summary>Checks the policy, which shows what the server is for.</summary>
    private const string PolicyCheck = """

        if info('memory', 'maxmemory_policy') ~= ARGV[3] then return {'breach', 'maxmemory_policy', info('memory', 'maxmemory_policy')} end
        """;

    /// <summary>Checks the policy, and the number of keys, which shows whether the database is what was planned.</summary>
    private const string FlushChecks = PolicyCheck + """

        redis.call('SELECT', ARGV[2])
        local keys = redis.call('DBSIZE')
        if keys > tonumber(ARGV[4]) then return {'breach', 'keys', keys} end
        """;

    /// <summary>Checks the number of keys: more than were swapped out belong to others, or to another flush.</summary>
    private const string SpareChecks = """

        redis.call('SELECT', ARGV[3])
        local keys = redis.call('DBSIZE')
        if keys > tonumber(ARGV[4]) then return {'breach', 'keys', keys} end
        """;
}
