namespace Dashboard.Valkey.Commands;

/// <summary>
/// Every script that the console sends to a server. The texts are fixed: what differs is passed as arguments. Each script checks first and
/// then acts, in one atomic step. None loops over more keys than one page has.
/// </summary>
/// <remarks>
/// The first line lets a script run where memory is full: each of them frees memory or takes none. It also lets a script read several keys
/// of a server that is a one-node cluster, whose keys are in many slots.
/// Each answers <c>done</c> with its counts, or <c>breach</c> with the condition that did not hold and what the server has instead; and how
/// many hits and misses it added to the server's own counters.
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
        return done(keys)
        """;

    /// <summary>Writes the token of a flush with Undo into the database that is about to be flushed.</summary>
    /// <remarks>The arguments are policy, maximum number of keys, spare database, id of the flush, and the server time not to
    /// exceed.</remarks>
    public const string BeginFlush = CommonChecks + FlushChecks + Token + """

        local held = token(ARGV[2])
        if held ~= '' then return breach('token', held) end
        if now() > tonumber(ARGV[7]) then return breach('late', 'now') end
        redis.call('SELECT', ARGV[5])
        local spare = redis.call('DBSIZE')
        if spare > 0 then return breach('spare', spare) end
        redis.call('SELECT', ARGV[2])
        redis.call('SET', TOKEN, ARGV[6] .. ' open ' .. string.format('%.0f', now()))
        return done(keys, now())
        """;

    /// <summary>
    /// Exchanges the database with an empty one: from one moment to the next it is empty, and nothing is lost. It requires the token,
    /// which goes with the content, so it is done once at most.
    /// </summary>
    /// <remarks>The arguments are those of <see cref="BeginFlush"/>.</remarks>
    public const string SwapOut = CommonChecks + FlushChecks + Token + """

        local held = token(ARGV[2])
        if string.sub(held, 1, #ARGV[6] + 6) ~= ARGV[6] .. ' open ' then return breach('token', held) end
        if now() > tonumber(ARGV[7]) then return breach('late', 'now') end
        redis.call('SELECT', ARGV[5])
        local spare = redis.call('DBSIZE')
        if spare > 0 then return breach('spare', spare) end
        redis.call('SWAPDB', ARGV[2], ARGV[5])
        return done(keys - 1, now())
        """;

    /// <summary>Reads the tokens in both databases. Reading a token keeps it from being evicted as unused.</summary>
    /// <remarks>The argument is the spare database.</remarks>
    public const string ReadFlush = CommonChecks + Token + """

        local own, spare = token(ARGV[2]), token(ARGV[3])
        local spareKeys = redis.call('DBSIZE')
        redis.call('SELECT', ARGV[2])
        local ownKeys = redis.call('DBSIZE')
        if own ~= '' then ownKeys = ownKeys - 1 end
        if spare ~= '' then spareKeys = spareKeys - 1 end
        return done(own, spare, ownKeys, spareKeys, now())
        """;

    /// <summary>Changes the state of a flush. Where it is in that state already, nothing is written.</summary>
    /// <remarks>The arguments are the spare database, the id of the flush, the states it may be in, the new state, and the time of the
    /// exchange or 0.</remarks>
    public const string ChangeFlush = CommonChecks + Token + """

        local held = token(ARGV[3])
        local id, state, at = string.match(held, '^(%S+) (%S+) (%S+)$')
        if id ~= ARGV[4] then return breach('token', held) end
        if state ~= ARGV[6] then
          if not string.find(' ' .. ARGV[5] .. ' ', ' ' .. state .. ' ', 1, true) then return breach('token', held) end
          if ARGV[7] ~= '0' then at = ARGV[7] end
          redis.call('SET', TOKEN, id .. ' ' .. ARGV[6] .. ' ' .. at)
        end
        return done(redis.call('DBSIZE') - 1)
        """;

    /// <summary>Removes the token of a flush from the database, if it is there in this state. What requires it then does nothing.</summary>
    /// <remarks>The arguments are the id of the flush and its state.</remarks>
    public const string EndFlush = CommonChecks + Token + """

        local held = token(ARGV[2])
        local id, state = string.match(held, '^(%S+) (%S+) %S+$')
        if id ~= ARGV[3] or state ~= ARGV[4] then return breach('token', held) end
        redis.call('UNLINK', TOKEN)
        return done(redis.call('DBSIZE'))
        """;

    /// <summary>
    /// Moves a page of what was swapped out back. A key that exists again is newer and stays. A key that another client used in the spare
    /// database is left there.
    /// </summary>
    /// <remarks>The arguments are the spare database, the id of the flush, the cursor, and the page size.</remarks>
    public const string BringBack = CommonChecks + Token + Held + """

        if not held('restoring') then return breach('token', text) end
        """ + RetainedPage + """

        local back = 0
        for _, key in ipairs(keys) do
          if redis.call('MOVE', key, ARGV[2]) == 1 then back = back + 1 else redis.call('UNLINK', key) end
        end
        return done(cursor, #keys, back, skipped)
        """;

    /// <summary>Deletes a page of what was swapped out. A key that another client used in the spare database is left there.</summary>
    /// <remarks>The arguments are those of <see cref="BringBack"/>.</remarks>
    public const string Purge = CommonChecks + Token + Held + """

        if not held('purging') then return breach('token', text) end
        """ + RetainedPage + """

        local gone = 0
        if #keys > 0 then gone = redis.call('UNLINK', unpack(keys)) end
        return done(cursor, #keys, gone, skipped)
        """;

    /// <summary>
    /// Deletes a page of what an earlier flush left in a spare database, except keys that do not belong in a cache. It requires the token
    /// that was there when that was looked at, or none: another one is of a flush that began since.
    /// </summary>
    /// <remarks>
    /// The arguments are policy, id and state of the token or empty, cursor, page size, maximum number of keys, and declared prefixes.
    /// </remarks>
    public const string Clear = CommonChecks + PolicyCheck + Token + DeclaredPrefixes + ForeignNames.Lua + """

        local text = token(ARGV[2])
        local same = text == ''
        if ARGV[4] ~= '' then same = string.sub(text, 1, #ARGV[4] + 1) == ARGV[4] .. ' ' end
        if not same then return breach('token', text) end
        local used = foreign
        """ + RetainedPage + """

        local gone, most = 0, math.min(#keys, tonumber(ARGV[7]))
        if most > 0 then gone = redis.call('UNLINK', unpack(keys, 1, most)) end
        return done(cursor, #keys, gone, skipped)
        """;

    /// <summary>
    /// Removes the keys of a page that match a pattern, except those that do not belong in a cache. A sample misses a few keys among many,
    /// so the server looks at each name where it acts.
    /// </summary>
    /// <remarks>
    /// Arguments: policy, cursor, pattern, page size, largest number of keys to remove, declared prefixes.
    /// A table that empties shrinks, see <see cref="RetainedPage"/>: where the cursor stays, the keys that are left count with the last
    /// part of the page.
    /// One UNLINK takes the whole page. On a cluster a command takes the keys of one slot alone, so there each key has its own. Expired
    /// keys of the page, which SCAN drops, are in one transaction with the others all the same (Valkey 8.0, Redis 7.0). Lua passes at most
    /// 8,000 arguments; a page beyond that would be an error, and nothing of it would be removed.
    /// </remarks>
    public const string Remove = CommonChecks + PolicyCheck + DeclaredPrefixes + ForeignNames.Lua + """

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
        return done(cursor, many + left, gone, left)
        """;

    /// <summary>
    /// Counts the keys of a page that do not belong in a cache, by kind. The token of a flush is not counted. No key name is returned.
    /// </summary>
    /// <remarks>Arguments: cursor, page size, declared prefixes.</remarks>
    public const string FindForeign = CommonChecks + DeclaredPrefixes + ForeignNames.Lua + """

        redis.call('SELECT', ARGV[2])
        local page = redis.call('SCAN', ARGV[3], 'COUNT', ARGV[4])
        local counts, found, seen = {}, {}, #page[2]
        for _, name in ipairs(page[2]) do
          local kind = name ~= 'dashboard:flush' and foreign(name)
          if kind then counts[kind] = (counts[kind] or 0) + 1 end
          if name == 'dashboard:flush' then seen = seen - 1 end
        end
        for kind, count in pairs(counts) do found[#found + 1] = kind .. ' ' .. count end
        return done(page[1], seen, found)
        """;

    /// <summary>Scans a page, which makes the server drop the expired keys. No key name is returned.</summary>
    /// <remarks>Arguments: cursor, page size.</remarks>
    public const string Reclaim = CommonChecks + """

        redis.call('SELECT', ARGV[2])
        local page = redis.call('SCAN', ARGV[3], 'COUNT', ARGV[4])
        return done(page[1], #page[2], 0)
        """;

    /// <summary>Returns the names of a page. A name may be of any length; its beginning shows its kind.</summary>
    /// <remarks>Arguments: cursor, pattern, page size.</remarks>
    public const string Sample = CommonChecks + """

        redis.call('SELECT', ARGV[2])
        local page = redis.call('SCAN', ARGV[3], 'MATCH', ARGV[4], 'COUNT', ARGV[5])
        for place, key in ipairs(page[2]) do page[2][place] = string.sub(key, 1, 200) end
        return done(page[1], page[2])
        """;

    /// <summary>Returns which of some keys exist.</summary>
    /// <remarks>Arguments: the keys' names.</remarks>
    public const string Find = CommonChecks + Lookups + """

        redis.call('SELECT', ARGV[2])
        local found = {}
        for place = 3, #ARGV - 1 do
          if met(redis.call('EXISTS', ARGV[place]) == 1) then found[#found + 1] = ARGV[place] end
        end
        return done(found)
        """;

    /// <summary>Counts the keys of the database.</summary>
    public const string Count = CommonChecks + """

        redis.call('SELECT', ARGV[2])
        return done(redis.call('DBSIZE'))
        """;

    /// <summary>
    /// The beginning of every script: checks run id, role and replication id. The first arguments are the run id and the database; a
    /// script's own follow. The last one is the replication id, or empty where it is not compared.
    /// </summary>
    internal const string CommonChecks = "#!lua flags=allow-oom,allow-cross-slot-keys\n" + Checks;

    /// <summary>
    /// The same for a script that never writes: it runs as well where the server refuses every write, because its disk is full.
    /// </summary>
    internal const string ReadingChecks = "#!lua flags=no-writes,allow-oom,allow-cross-slot-keys\n" + Checks;

    private const string Checks = """
        local hits, misses = 0, 0
        local function done(...) return {'done', hits, misses, ...} end
        local function breach(condition, found) return {'breach', condition, found, hits, misses} end
        local function field(text, name)
          local _, at = string.find(text, '\n' .. name .. ':', 1, true)
          return at and string.match(text, '^[^\r\n]*', at + 1) or 'nothing'
        end
        local function info(section, name) return field(redis.call('INFO', section), name) end
        local head = redis.call('INFO', 'server', 'replication')
        if field(head, 'run_id') ~= ARGV[1] then return breach('run_id', field(head, 'run_id')) end
        if field(head, 'role') ~= 'master' then return breach('role', field(head, 'role')) end
        local replication = field(head, 'master_replid')
        if ARGV[#ARGV] ~= '' and replication ~= ARGV[#ARGV] then return breach('master_replid', replication) end
        """;

    /// <summary>The prefixes that the settings declare, for <see cref="ForeignNames.Lua"/>: the two arguments before the last.</summary>
    private const string DeclaredPrefixes = """

        local FOREIGN, OWN = ARGV[#ARGV - 2], ARGV[#ARGV - 1]
        """;

    /// <summary>Checks the policy, which shows what the server is for.</summary>
    private const string PolicyCheck = """

        if info('memory', 'maxmemory_policy') ~= ARGV[3] then return breach('maxmemory_policy', info('memory', 'maxmemory_policy')) end
        """;

    /// <summary>Checks the policy, and the number of keys, which shows whether the database is what was planned.</summary>
    private const string FlushChecks = PolicyCheck + """

        redis.call('SELECT', ARGV[2])
        local keys = redis.call('DBSIZE')
        if keys > tonumber(ARGV[4]) then return breach('keys', keys) end
        """;

    /// <summary>
    /// Counts a lookup of a key as the server does: GET, EXISTS and OBJECT are hits or misses, MOVE and UNLINK are neither.
    /// </summary>
    internal const string Lookups = """

        local function met(found)
          if found then hits = hits + 1 else misses = misses + 1 end
          return found
        end
        """;

    /// <summary>Reads the token of a database, and leaves that database selected.</summary>
    private const string Token = Lookups + """

        local TOKEN = 'dashboard:flush'
        local function now() return tonumber(field(head, 'server_time_usec')) end
        local function token(database) redis.call('SELECT', database) return met(redis.call('GET', TOKEN)) or '' end
        """;

    /// <summary>
    /// Whether the spare database holds this flush in a state, and whether a key in it was used since the flush. The server knows the
    /// latter with a resolution of a second, and where it evicts the least recently used keys; elsewhere no key counts as used.
    /// </summary>
    /// <remarks>The seconds of idleness are compared with 2 s to spare, so for the first two seconds no key counts as used.</remarks>
    private const string Held = """

        local text, age = token(ARGV[3]), 0
        local memory = redis.call('INFO', 'memory')
        local lru = field(memory, 'maxmemory_policy') == 'allkeys-lru' and field(memory, 'maxmemory') ~= '0'
        local function held(wanted)
          local id, state, at = string.match(text, '^(%S+) (%S+) (%S+)$')
          if id ~= ARGV[4] or state ~= wanted then return false end
          age = (now() - tonumber(at)) / 1000000
          return true
        end
        local function used(key)
          if not lru or age < 2 then return false end
          local idle = met(redis.call('OBJECT', 'IDLETIME', key))
          return idle and idle + 2 < age
        end
        """;

    /// <summary>
    /// Takes a page of the spare database: the keys to act on, how many others were left, and where the next page begins.
    /// </summary>
    /// <remarks>
    /// The spare's table shrinks as it empties, and the last of its buckets then hold five times a page and more, which SCAN never cuts. Of
    /// those, two pages' worth are taken, and the cursor stays for the rest. Not at the beginning: its cursor would say that the scan is
    /// over.
    /// </remarks>
    private const string RetainedPage = """

        local page = redis.call('SCAN', ARGV[5], 'COUNT', ARGV[6])
        local keys, skipped, cursor = {}, 0, page[1]
        for i = 1, #page[2] do
          if #keys >= 2 * ARGV[6] and ARGV[5] ~= '0' then
            cursor, skipped = ARGV[5], 0
            break
          end
          local key = page[2][i]
          if key ~= TOKEN then
            if used(key) then skipped = skipped + 1 else keys[#keys + 1] = key end
          end
        end
        """;
}
