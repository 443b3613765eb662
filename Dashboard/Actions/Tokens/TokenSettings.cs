using System.Globalization;
using System.Text;
using Dashboard.Configuration;
using Dashboard.Valkey;

namespace Dashboard.Actions.Tokens;

/// <summary>What access tokens look like, after the settings were validated.</summary>
/// <param name="Kinds">The one with the most literal text first; at least one. A key belongs to the first kind that it matches.</param>
internal sealed record TokenSettings(IReadOnlyList<TokenKind> Kinds) : ISettings<TokenSettings>
{
    /// <summary>The maximum number of kinds: finding tokens scans the server once for each.</summary>
    public const int MaxKinds = 10;

    private const int MaxNameLength = 30;
    private const string DefaultName = "access";
    private const string Section = $"{DashboardOptions.Section}:{nameof(DashboardOptions.Tokens)}:{nameof(TokensOptions.Kinds)}";

    private static readonly Dictionary<string, TokenKeyForm> KeyForms = new(StringComparer.Ordinal)
    {
        ["raw"] = TokenKeyForm.Raw,
        ["sha256"] = TokenKeyForm.Sha256,
        ["md5"] = TokenKeyForm.Md5,
        ["rack-session"] = TokenKeyForm.RackSession,
        ["user"] = TokenKeyForm.User,
    };

    private static readonly Dictionary<string, TokenValueForm> ValueForms = new(StringComparer.Ordinal)
    {
        ["auto"] = TokenValueForm.Auto,
        ["json"] = TokenValueForm.Json,
        ["id"] = TokenValueForm.Id,
        ["hash"] = TokenValueForm.Hash,
        ["opaque"] = TokenValueForm.Opaque,
    };

    /// <summary>The guide's: <c>token:&lt;token&gt;</c> with JSON or the user's id.</summary>
    public static TokenSettings Default { get; } = Read(new DashboardOptions(), new SettingErrors());

    public static TokenSettings Read(DashboardOptions options, IConfiguration configuration, SettingErrors errors) => Read(options, errors);

    public static TokenSettings Read(DashboardOptions options, SettingErrors errors)
    {
        var written = options.Tokens.Kinds.Count > 0
            ? options.Tokens.Kinds
            : new Dictionary<string, TokenKindOptions> { [DefaultName] = new() };
        if (written.Count > MaxKinds)
        {
            errors.Add(Section, $"names {written.Count} kinds, and may name {MaxKinds}: the server is scanned once for each.");
        }

        List<TokenKind> kinds = [];
        foreach (var (name, kind) in written.OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            if (Kind(name, kind, errors) is { } read)
            {
                kinds.Add(read);
            }
        }

        foreach (var same in kinds.GroupBy(kind => kind.Pattern.Written, StringComparer.Ordinal).Where(same => same.Skip(1).Any()))
        {
            errors.Add(
                $"{Section}:{same.Last().Name}:{nameof(TokenKindOptions.Pattern)}",
                $"'{same.Key}' is the pattern of {same.First().Name} as well. Each kind needs its own.");
        }

        // The most specific first: token:refresh:<token> before token:<token>.
        return new([.. kinds.OrderByDescending(kind => kind.Pattern.Literals).ThenBy(kind => kind.Name, StringComparer.Ordinal)]);
    }

    /// <summary>The patterns of their keys, for ACL rules.</summary>
    public KeyPatterns KeyPatterns => new(
        [.. Kinds.Select(kind => Named(kind.Pattern))], [.. Kinds.Select(kind => kind.Index).OfType<TokenPattern>().Select(Named)]);

    /// <summary>The kind of a key: the first one that it matches; null where it matches none.</summary>
    public TokenKind? KindOf(ReadOnlySpan<byte> key)
    {
        foreach (var kind in Kinds)
        {
            if (kind.Pattern.Match(key, out _, out _))
            {
                return kind;
            }
        }

        return null;
    }

    private static NamedKeys Named(TokenPattern pattern) => new(pattern.Glob, Encoding.ASCII.GetString(pattern.Fill("x"u8, "x"u8)));

    private static TokenKind? Kind(string name, TokenKindOptions options, SettingErrors errors)
    {
        var (key, before) = ($"{Section}:{name}", errors.Sentences.Count);
        if (name.Length > MaxNameLength || !name.All(one => char.IsAsciiLetterOrDigit(one) || one is '-' or '_'))
        {
            errors.Add(key, $"is not a name. Use up to {MaxNameLength} letters, digits, - and _, for example {DefaultName}.");
        }

        var pattern = PatternOf($"{key}:{nameof(options.Pattern)}", options.Pattern.Trim(), errors);
        var keyHolds = OneOf($"{key}:{nameof(options.KeyHolds)}", options.KeyHolds, KeyForms, errors);
        var value = OneOf($"{key}:{nameof(options.Value)}", options.Value, ValueForms, errors);
        var index = options.Index.Trim() is { Length: > 0 } set ? PatternOf($"{key}:{nameof(options.Index)}", set, errors) : null;
        var user = Path($"{key}:{nameof(options.UserPath)}", options.UserPath, value, errors);
        var created = Path($"{key}:{nameof(options.CreatedPath)}", options.CreatedPath, value, errors);
        TimeSpan? ttl = options.Ttl.Trim() is { Length: > 0 } life
            ? DurationSetting.Read($"{key}:{nameof(options.Ttl)}", life, TimeSpan.FromMinutes(1), TimeSpan.FromDays(3650), errors)
            : null;
        CheckTogether(key, pattern, keyHolds, value, index, errors);
        return errors.Sentences.Count == before ? new(name, pattern!, keyHolds, value, user, created, index, ttl) : null;
    }

    /// <summary>Checks what depends on more than one setting.</summary>
    private static void CheckTogether(
        string key, TokenPattern? pattern, TokenKeyForm keyHolds, TokenValueForm value, TokenPattern? index, SettingErrors errors)
    {
        if (pattern is { HasToken: true } && keyHolds == TokenKeyForm.User)
        {
            errors.Add(
                $"{key}:{nameof(TokenKindOptions.KeyHolds)}",
                "is user, so the value is the secret; but the pattern has <token>. Write a pattern with <user> alone, or another form.");
        }

        if (pattern is { HasToken: false } && keyHolds != TokenKeyForm.User)
        {
            errors.Add(
                $"{key}:{nameof(TokenKindOptions.Pattern)}",
                $"'{pattern.Written}' has no <token>. Write where it stands, or KeyHolds=user where the value is the secret.");
        }

        if (keyHolds == TokenKeyForm.User && value is not (TokenValueForm.Opaque or TokenValueForm.Auto))
        {
            errors.Add(
                $"{key}:{nameof(TokenKindOptions.Value)}", "is read, but with KeyHolds=user the value is the secret. Write opaque.");
        }

        if (index is { HasToken: true } or { HasUser: false })
        {
            errors.Add(
                $"{key}:{nameof(TokenKindOptions.Index)}", "is not the name of one set a user. Write user_tokens:<user>, for example.");
        }
    }

    private static TokenPattern? PatternOf(string key, string written, SettingErrors errors)
    {
        var pattern = TokenPattern.Parse(written, out var fault);
        if (pattern is null)
        {
            errors.Add(key, fault);
        }

        return pattern;
    }

    /// <summary>A JSON Pointer (RFC 6901), or the field of a hash.</summary>
    private static string Path(string key, string written, TokenValueForm value, SettingErrors errors)
    {
        var path = written.Trim();
        if (value == TokenValueForm.Hash)
        {
            // The defaults are JSON Pointers.
            return path.TrimStart('/');
        }

        if (path.Length > 0 && (path[0] != '/' || path.Length > TokenPattern.MaxLength))
        {
            errors.Add(
                key,
                $"'{written}' is not a JSON Pointer of at most {TokenPattern.MaxLength} characters. "
                    + "Write /user_id, for example, or /user/id.");
        }

        return path;
    }

    private static T OneOf<T>(string key, string written, Dictionary<string, T> known, SettingErrors errors)
        where T : struct
    {
        if (known.TryGetValue(written.Trim().ToLower(CultureInfo.InvariantCulture), out var value))
        {
            return value;
        }

        errors.Add(key, $"'{written}' is not known. Write one of: {string.Join(", ", known.Keys)}.");
        return default;
    }
}
