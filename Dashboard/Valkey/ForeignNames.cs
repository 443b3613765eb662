using System.Text;
using System.Text.RegularExpressions;
using Dashboard.Instances;
using Dashboard.Valkey.Commands;

namespace Dashboard.Valkey;

/// <summary>
/// The names of keys that do not belong in a cache, in two forms: for C#, which says the kind, and for scripts, where the server itself
/// looks at each name before it removes the key. The forms agree on every name, which a test holds on real servers.
/// </summary>
/// <remarks>
/// Most names may have a namespace before them, one word and a colon. A session's name ends in the SHA-256 of what the browser holds
/// (<c>2::</c> and 64 hex digits), or in older gems in that value itself (32).
/// </remarks>
internal static partial class ForeignNames
{
    /// <summary>
    /// A function <c>foreign(name)</c> for <see cref="LuaScripts"/> that returns the <see cref="ForeignKind"/>, or false. It reads the
    /// prefixes that the settings declare from <c>FOREIGN</c> and <c>OWN</c>, each followed by a line feed. Lua's patterns know no
    /// alternatives and no counts.
    /// </summary>
    /// <remarks>Most names contain none of the words that foreign names have, and are answered after a few searches.</remarks>
    public const string Lua = """

        local function begins(name, prefixes)
          for prefix in string.gmatch(prefixes, '[^\n]+') do
            if string.sub(name, 1, #prefix) == prefix then return true end
          end
          return false
        end
        local WORDS = {'token', 'blacklist:', 'session', 'queue', 'processes', 'stat:', '2::', 'retry', 'schedule', 'dead'}
        local function suspicious(name)
          local lower = string.lower(name)
          for i = 1, #WORDS do if string.find(lower, WORDS[i], 1, true) then return true end end
          return false
        end
        local function foreign(name)
          if OWN ~= '' and begins(name, OWN) then return false end
          if FOREIGN ~= '' and begins(name, FOREIGN) then return 'Declared' end
          if #name > 4096 or not suspicious(name) then return false end
          local owns = {name, (string.match(name, '^[^:]+:(.*)$'))}
          local function any(kind)
            for _, own in ipairs(owns) do if kind(own) then return true end end
            return false
          end
          if any(function(own)
            local token = string.match(own, '^token:([A-Za-z0-9_.%-]+)=?=?$')
            return token and #token >= 20 and string.find(token, '[0-9A-Z]')
          end) then return 'AccessToken' end
          if any(function(own) return string.find(own, '^user_tokens:.') end) then return 'TokenIndex' end
          if any(function(own)
            local revoked = string.match(own, '^blacklist:([A-Za-z0-9_%-]+)=?=?$')
            return revoked and #revoked >= 16 and string.find(revoked, '[0-9]')
          end) then return 'RevokedToken' end
          local tail = string.sub(':' .. name, -68)
          local hashed = #tail == 68 and string.find(tail, '^[^0-9]2::[0-9a-f]+$') ~= nil
          local space, id = string.sub(name, 1, -33), string.sub(name, -32)
          local hex = #id == 32 and string.find(id, '^[0-9a-f]+$') ~= nil
          if hex and string.find(':' .. space, ':_session_id:$') then return 'CachedSession' end
          if hashed and string.find(':' .. string.sub(name, 1, -68), ':_session_id:$') then return 'CachedSession' end
          if hashed or any(function(own) return string.find(own, '^rack:session:') end) then return 'Session' end
          if hex and string.find(space, ':$') and string.find(space, '[Ss][Ee][Ss][Ss][Ii][Oo][Nn]')
            and not string.find(space, '/', 1, true) and not string.find(space, ':hash:$') then return 'Session' end
          if name == 'retry' or name == 'schedule' or name == 'dead' then return 'Sidekiq' end
          if any(function(own)
            if own == 'queues' or own == 'processes' or string.find(own, '^queue:[^:]+$') then return true end
            local day = string.match(own, '^stat:processed(.*)$') or string.match(own, '^stat:failed(.*)$')
            return day and (day == '' or string.find(day, '^:[0-9%-]+$'))
          end) then return 'Sidekiq' end
          return false
        end
        """;

    /// <summary>No token and no session has a longer name, and looking at one would take the server milliseconds.</summary>
    private const int MaxBytes = 4_096;

    /// <summary>So many letters after a namespace are no accident: <c>shop:tok</c>.</summary>
    private const int ManyLetters = 3;

    /// <summary>What foreign names begin with; those that end in a colon go on after it.</summary>
    private static readonly string[] Beginnings =
        ["token:", "user_tokens:", "blacklist:", "rack:session:", "session:", "_session_id:", "queue:", "queues", "processes", "stat:"];

    /// <summary>Foreign only without a namespace.</summary>
    private static readonly string[] Bare = ["retry", "schedule", "dead"];

    /// <summary>The kind of a foreign key; null for what may be a cache entry.</summary>
    /// <param name="rules">What the settings of the instance declare.</param>
    public static ForeignKind? KindOf(string name, KeyPrefixRules rules) => Begins(name, rules.Own) ? null
        : Begins(name, rules.Foreign) ? ForeignKind.Declared
        : Encoding.UTF8.GetByteCount(name) > MaxBytes ? null
        : KindOf(name);

    private static ForeignKind? KindOf(string name) => name switch
    {
        _ when AccessToken().IsMatch(name) => ForeignKind.AccessToken,
        _ when TokenIndex().IsMatch(name) => ForeignKind.TokenIndex,
        _ when RevokedToken().IsMatch(name) => ForeignKind.RevokedToken,
        _ when CachedSession().IsMatch(name) => ForeignKind.CachedSession,
        _ when RackSession().IsMatch(name) || HashedSession().IsMatch(name) || OldSession().IsMatch(name) => ForeignKind.Session,
        _ when Sidekiq().IsMatch(name) => ForeignKind.Sidekiq,
        _ => null,
    };

    /// <summary>
    /// Whether foreign names may begin with this text: it is the beginning of one (<c>tok</c>, <c>shop:que</c>), or one of their beginnings
    /// and more (<c>token:Z9</c>). A longer, different word is not (<c>tokenizer:</c>).
    /// </summary>
    /// <param name="rules">What the settings of the instance declare.</param>
    public static bool MayBeginWith(string prefix, KeyPrefixRules rules) => !Begins(prefix, rules.Own)
        && (MayBeginWith(prefix) || rules.Foreign.Any(foreign => foreign.StartsWith(prefix, StringComparison.Ordinal))
            || Begins(prefix, rules.Foreign));

    private static bool MayBeginWith(string prefix)
    {
        var own = prefix[(prefix.IndexOf(':', StringComparison.Ordinal) + 1)..];
        return KindOf(prefix) is not null
            || Bare.Any(name => name.StartsWith(prefix, StringComparison.Ordinal))
            || Beginnings.Any(
                beginning => Meet(beginning, prefix) || (own.Length >= ManyLetters && Meet(beginning, own)));
    }

    private static bool Begins(string name, IReadOnlyList<string> prefixes) =>
        prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal));

    private static bool Meet(string beginning, string prefix) => beginning.StartsWith(prefix, StringComparison.Ordinal)
        || (beginning.EndsWith(':') && prefix.StartsWith(beginning, StringComparison.Ordinal));

    /// <summary>
    /// <c>token:uX3…</c>, with or without a namespace before it: 20 or more characters of a random token, with a digit or a capital letter
    /// among them. Plain words have neither.
    /// </summary>
    [GeneratedRegex(@"\A(?:[^:]+:)?token:(?=[^0-9A-Z]*[0-9A-Z])[A-Za-z0-9_.-]{20,}={0,2}\z", RegexOptions.CultureInvariant)]
    private static partial Regex AccessToken();

    /// <summary><c>user_tokens:42</c>: which tokens a person has.</summary>
    [GeneratedRegex(@"\A(?:[^:]+:)?user_tokens:.", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex TokenIndex();

    /// <summary><c>blacklist:6f1c0e9a-…</c>: a jti is a UUID or a hash.</summary>
    [GeneratedRegex(@"\A(?:[^:]+:)?blacklist:(?=[^0-9]*[0-9])[A-Za-z0-9_-]{16,}={0,2}\z", RegexOptions.CultureInvariant)]
    private static partial Regex RevokedToken();

    /// <summary><c>_session_id:2::…</c>: a session that ActionDispatch's CacheStore keeps in Rails.cache.</summary>
    [GeneratedRegex(@"(?:\A|:)_session_id:(?:2::[0-9a-f]{64}|[0-9a-f]{32})\z", RegexOptions.CultureInvariant)]
    private static partial Regex CachedSession();

    /// <summary>redis-rack.</summary>
    [GeneratedRegex(@"\A(?:[^:]+:)?rack:session:", RegexOptions.CultureInvariant)]
    private static partial Regex RackSession();

    /// <summary><c>shop:session:2::…</c>: redis-session-store.</summary>
    [GeneratedRegex(@"(?<![0-9])2::[0-9a-f]{64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex HashedSession();

    /// <summary>
    /// <c>shop:session:</c> and 32 hex digits: older gems. Fragments of templates under <c>sessions/</c> have such a digest in their names,
    /// and so has a name that Rails.cache shortened (<c>:hash:</c>).
    /// </summary>
    [GeneratedRegex(@"\A(?=[^/]*[Ss][Ee][Ss][Ss][Ii][Oo][Nn])[^/]*:(?<!:hash:)[0-9a-f]{32}\z", RegexOptions.CultureInvariant)]
    private static partial Regex OldSession();

    /// <summary>With a namespace, only names that are unmistakable: <c>bus:schedule</c> may well be a cache entry.</summary>
    [GeneratedRegex(
        @"\A(?:retry|schedule|dead|(?:[^:]+:)?(?:queues|processes|queue:[^:]+|stat:(?:processed|failed)(?::[0-9-]+)?))\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Sidekiq();
}
