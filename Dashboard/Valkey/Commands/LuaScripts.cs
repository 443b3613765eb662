namespace Dashboard.Valkey.Commands;

/// <summary>
/// Every script a server ever gets from us. Fixed texts: what differs is passed as arguments. Each checks first and acts then, in one step
/// that nothing comes between. None loops over more keys than one page has.
/// </summary>
/// <remarks>
/// The first line lets them run where memory is full: each of them frees memory or takes none. It also lets them look at several keys of a
/// server that is a whole cluster by itself, whose keys are of many slots.
/// Each answers <c>done</c> with its counts, or <c>breach</c> with the condition that did not hold and what the server has instead.
/// A script's SELECT does not outlast it: the connection's database stays.
/// </remarks>
internal static class LuaScripts
{
    /// <summary>Empties the database in the background.</summary>
    /// <remarks>Policy, most keys.</remarks>
    public const string Flush = Head + Alike + """

        redis.call('FLUSHDB', 'ASYNC')
        return {'done', keys}
        """;

    /// <summary>Exchanges the database with an empty one: from one moment to the next it is empty, and nothing is lost.</summary>
    /// <remarks>Policy, most keys, the spare database.</remarks>
    public const string SwapOut = Head + Alike + """

        redis.call('SELECT', ARGV[5])
        local spare = redis.call('DBSIZE')
        if spare > 0 then return {'breach', 'spare', spare} end
        redis.call('SWAPDB', ARGV[2], ARGV[5])
        return {'done', keys}
        """;

    /// <summary>
    /// Brings a page of what was swapped out back. A key that was written anew meanwhile is the newer one and stays as it is.
    /// </summary>
    /// <remarks>
    /// Spare, most keys in it, cursor, how many.
    /// The spare's table shrinks as it empties, and the last of its buckets then hold five times a page and more, which SCAN never cuts. Of
    /// those, two pages' worth are brought back, and the cursor stays for the rest. Not at the beginning: its cursor would say that the
    /// walk is over.
    /// </remarks>
    public const string BringBack = Head + Spare + """

        local page = redis.call('SCAN', ARGV[5], 'COUNT', ARGV[6])
        local back, many, cursor = 0, #page[2], page[1]
        if many > 2 * ARGV[6] and ARGV[5] ~= '0' then many, cursor = 2 * ARGV[6], ARGV[5] end
        for i = 1, many do
          if redis.call('MOVE', page[2][i], ARGV[2]) == 1 then back = back + 1 else redis.call('UNLINK', page[2][i]) end
        end
        return {'done', cursor, many, back}
        """;

    /// <summary>Gives up what was swapped out.</summary>
    /// <remarks>Spare, most keys in it.</remarks>
    public const string Purge = Head + Spare + """

        redis.call('FLUSHDB', 'ASYNC')
        return {'done', keys}
        """;

    /// <summary>Removes the keys of a page that match a pattern.</summary>
    /// <remarks>
    /// Cursor, pattern, how many are looked at, and how many of them removed at most. A table that empties shrinks, see
    /// <see cref="BringBack"/>.
    /// </remarks>
    public const string Remove = Head + """

        redis.call('SELECT', ARGV[2])
        local page = redis.call('SCAN', ARGV[3], 'MATCH', ARGV[4], 'COUNT', ARGV[5])
        local gone, many, cursor = 0, #page[2], page[1]
        if many > 2 * ARGV[5] and ARGV[3] ~= '0' then many, cursor = 2 * ARGV[5], ARGV[3] end
        for i = 1, many do
          if gone < tonumber(ARGV[6]) then gone = gone + redis.call('UNLINK', page[2][i]) end
        end
        return {'done', cursor, many, gone}
        """;

    /// <summary>Walks a page, and by that lets the server drop those keys whose time has run out. No key is told to anybody.</summary>
    /// <remarks>Cursor, how many.</remarks>
    public const string Reclaim = Head + """

        redis.call('SELECT', ARGV[2])
        local page = redis.call('SCAN', ARGV[3], 'COUNT', ARGV[4])
        return {'done', page[1], #page[2], 0}
        """;

    /// <summary>The names of a page. A name may be of any length: its beginning says what kind it is.</summary>
    /// <remarks>Cursor, pattern, how many.</remarks>
    public const string Sample = Head + """

        redis.call('SELECT', ARGV[2])
        local page = redis.call('SCAN', ARGV[3], 'MATCH', ARGV[4], 'COUNT', ARGV[5])
        for place, key in ipairs(page[2]) do page[2][place] = string.sub(key, 1, 200) end
        return {'done', page[1], page[2]}
        """;

    /// <summary>Which of some keys there are.</summary>
    /// <remarks>The keys' names.</remarks>
    public const string Find = Head + """

        redis.call('SELECT', ARGV[2])
        local found = {}
        for place = 3, #ARGV do
          if redis.call('EXISTS', ARGV[place]) == 1 then found[#found + 1] = ARGV[place] end
        end
        return {'done', found}
        """;

    /// <summary>How many keys the database has.</summary>
    public const string Count = Head + """

        redis.call('SELECT', ARGV[2])
        return {'done', redis.call('DBSIZE')}
        """;

    /// <summary>Run id and database first, in all of them.</summary>
    private const string Head = """
        #!lua flags=allow-oom,allow-cross-slot-keys
        local function info(section, field) return string.match(redis.call('INFO', section), field .. ':([^\r\n]*)') or 'nothing' end
        if info('server', 'run_id') ~= ARGV[1] then return {'breach', 'run_id', info('server', 'run_id')} end
        if info('replication', 'role') ~= 'master' then return {'breach', 'role', info('replication', 'role')} end
        """;

    /// <summary>What the server is for shows in its policy, and what was looked at in its size.</summary>
    private const string Alike = """

        if info('memory', 'maxmemory_policy') ~= ARGV[3] then return {'breach', 'maxmemory_policy', info('memory', 'maxmemory_policy')} end
        redis.call('SELECT', ARGV[2])
        local keys = redis.call('DBSIZE')
        if keys > tonumber(ARGV[4]) then return {'breach', 'keys', keys} end
        """;

    /// <summary>More keys than were swapped out: they are somebody else's, or another flush's.</summary>
    private const string Spare = """

        redis.call('SELECT', ARGV[3])
        local keys = redis.call('DBSIZE')
        if keys > tonumber(ARGV[4]) then return {'breach', 'keys', keys} end
        """;
}
