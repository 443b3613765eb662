namespace Dashboard.Valkey.Commands;

/// <summary>
/// The scripts for access tokens. One that reads never writes, and one that writes calls a single command that does: where the default user
/// is off, an append-only file loses at the next restart what two writes of a script did. SCAN counts as a write where it meets an expired
/// key, so no script scans and deletes.
/// </summary>
internal static class TokenScripts
{
    /// <summary>Reads the tokens of a page.</summary>
    /// <remarks>Arguments: time to live wanted (1 or 0), field of the user, field of the creation, cursor, pattern, page size.</remarks>
    public const string ReadPage = LuaScripts.ReadingChecks + ReadToken + """

        redis.call('SELECT', ARGV[2])
        local page = redis.call('SCAN', ARGV[6], 'MATCH', ARGV[7], 'COUNT', ARGV[8])
        local skipped = 0
        for _, key in ipairs(page[2]) do
          if #key > 1024 then skipped = skipped + 1 else add(key) end
        end
        return done(page[1], keys, values, ttls, others, skipped)
        """;

    /// <summary>Reads those of some keys that exist.</summary>
    /// <remarks>Arguments: time to live wanted (1 or 0), field of the user, field of the creation, the keys.</remarks>
    public const string ReadKeys = LuaScripts.ReadingChecks + ReadToken + """

        redis.call('SELECT', ARGV[2])
        for place = 6, #ARGV - 1 do add(ARGV[place]) end
        return done('0', keys, values, ttls, others, 0)
        """;

    /// <summary>Deletes some keys, whatever their values are.</summary>
    /// <remarks>Arguments: the keys.</remarks>
    public const string DeleteKeys = LuaScripts.CommonChecks + """

        redis.call('SELECT', ARGV[2])
        return done(redis.call('UNLINK', unpack(ARGV, 3, #ARGV - 1)), 0, {})
        """;

    /// <summary>Deletes those of some keys whose values are still the ones that were read.</summary>
    /// <remarks>
    /// Arguments: field of the user, field of the creation; and for each key its name, its type, and what was read of it: the value and an
    /// empty text of a string, both fields of a hash.
    /// </remarks>
    public const string DeleteUnchanged = LuaScripts.CommonChecks + Lookups + """

        redis.call('SELECT', ARGV[2])
        local remove, changed, gone = {}, {}, 0
        local function field(key, name, expected)
          if name == '' then return true end
          local value = redis.pcall('HGET', key, name)
          if type(value) == 'table' and not other(value) then redis.call('HGET', key, name) end
          return (met(value) or '') == expected
        end
        for at = 5, #ARGV - 1, 4 do
          local key, same = ARGV[at], false
          if ARGV[at + 1] == 'hash' then
            same = field(key, ARGV[3], ARGV[at + 2]) and field(key, ARGV[4], ARGV[at + 3])
          else
            local value = redis.pcall('GET', key)
            if type(value) == 'table' and not other(value) then redis.call('GET', key) end
            same = met(value) == ARGV[at + 2]
          end
          if same then remove[#remove + 1] = key
          elseif met(redis.call('EXISTS', key) == 1) then changed[#changed + 1] = (at - 5) / 4
          else gone = gone + 1 end
        end
        return done(#remove > 0 and redis.call('UNLINK', unpack(remove)) or 0, gone, changed)
        """;

    /// <summary>Gives a key without a time to live one. A key that has one keeps it.</summary>
    /// <remarks>Arguments: the key, the seconds.</remarks>
    public const string GiveTtl = LuaScripts.CommonChecks + """

        redis.call('SELECT', ARGV[2])
        return done(redis.call('EXPIRE', ARGV[3], ARGV[4], 'NX'))
        """;

    /// <summary>Takes members out of a set. Another type, or no key, is left.</summary>
    /// <remarks>Arguments: the key, the members.</remarks>
    public const string CleanSet = LuaScripts.CommonChecks + Lookups + KindOf + """

        return done(kind == 'set' and redis.call('SREM', unpack(ARGV, 3, #ARGV - 1)) or 0)
        """;

    /// <summary>Takes members out of a sorted set. Another type, or no key, is left.</summary>
    /// <remarks>Arguments: the key, the members.</remarks>
    public const string CleanSortedSet = LuaScripts.CommonChecks + Lookups + KindOf + """

        return done(kind == 'zset' and redis.call('ZREM', unpack(ARGV, 3, #ARGV - 1)) or 0)
        """;

    /// <summary>Counts lookups, and tells the error of a key of another type from all others, which end the script.</summary>
    private const string Lookups = LuaScripts.Lookups + """

        local function other(reply) return string.find(reply.err, 'WRONGTYPE', 1, true) ~= nil end
        """;

    private const string KindOf = """

        redis.call('SELECT', ARGV[2])
        local kind = redis.call('TYPE', ARGV[3]).ok
        met(kind ~= 'none')
        """;

    /// <summary>
    /// Reads one key. A small string, the usual case, costs one call and is three items of flat lists; all others are lists of their own,
    /// with the type, the size, and two fields of a hash as far as they are small.
    /// </summary>
    private const string ReadToken = Lookups + """

        local keys, values, ttls, others, timed = {}, {}, {}, {}, ARGV[3] == '1'
        local function small(key, name)
          if name == '' or met(redis.call('HSTRLEN', key, name)) > 4096 then return false end
          return met(redis.call('HGET', key, name))
        end
        local function describe(key)
          local kind, size, value, made = redis.call('TYPE', key).ok, 0, false, false
          if not met(kind ~= 'none') then misses = misses + 1 return end
          hits = hits + 1
          if kind == 'string' then
            size = met(redis.call('STRLEN', key))
            value = size == 0 and ''
          elseif kind == 'hash' then
            size, value, made = met(redis.call('HLEN', key)), small(key, ARGV[4]), small(key, ARGV[5])
          end
          others[#others + 1] = {key, kind, size, value, made, timed and met(redis.call('PTTL', key))}
        end
        local function add(key)
          local value = redis.pcall('GETRANGE', key, 0, 4096)
          if type(value) == 'table' and not other(value) then redis.call('GETRANGE', key, 0, 4096) end
          if type(value) == 'table' or #value == 0 or #value > 4096 then return describe(key) end
          local place = #keys + 1
          hits, keys[place], values[place] = hits + 1, key, value
          if timed then ttls[place] = met(redis.call('PTTL', key)) end
        end
        """;
}
