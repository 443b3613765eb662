using System.Text;
using Dashboard.Valkey;

namespace Dashboard.Actions.Tokens;

/// <summary>
/// How keys are named: literal text with <c>&lt;token&gt;</c> and <c>&lt;user&gt;</c>, each once at most, e.g.
/// <c>refresh:&lt;user&gt;:&lt;token&gt;</c>. Keys are bytes; a sign such as <c>*</c> is literal.
/// </summary>
public sealed class TokenPattern
{
    /// <summary>The least number of literal characters: with fewer, too much of the server would be taken for tokens.</summary>
    public const int MinLiterals = 3;

    /// <summary>The maximum length, in characters.</summary>
    public const int MaxLength = 200;

    /// <summary>How keys begin that keep revoked JSON Web Tokens out.</summary>
    public static ReadOnlySpan<byte> Blacklist => "blacklist:"u8;

    private const string TokenWord = "<token>", UserWord = "<user>";

    private readonly byte[] _before, _between, _after;
    private readonly string? _first, _second;

    private TokenPattern(string written, byte[] before, string? first, byte[] between, string? second, byte[] after)
    {
        (Written, _before, _first, _between, _second, _after) = (written, before, first, between, second, after);
        Glob = GlobOf(before) + (first is null ? "" : "*") + GlobOf(between) + (second is null ? "" : "*") + GlobOf(after);
    }

    /// <summary>As it was written.</summary>
    public string Written { get; }

    /// <summary>The pattern for the server's MATCH and for ACL rules; other keys may match it as well.</summary>
    public string Glob { get; }

    /// <summary>The number of literal bytes.</summary>
    public int Literals => _before.Length + _between.Length + _after.Length;

    public bool HasToken => _first == TokenWord || _second == TokenWord;

    public bool HasUser => _first == UserWord || _second == UserWord;

    /// <param name="fault">What is wrong and what to write instead; empty when nothing is.</param>
    /// <returns>Null where it cannot be used.</returns>
    public static TokenPattern? Parse(string written, out string fault)
    {
        fault = FaultOf(written);
        if (fault.Length > 0)
        {
            return null;
        }

        var (first, firstAt) = Next(written, 0);
        var (second, secondAt) = first is null ? (null, -1) : Next(written, firstAt + first.Length);
        var betweenAt = first is null ? written.Length : firstAt + first.Length;
        var afterAt = second is null ? written.Length : secondAt + second.Length;
        return new(
            written, Bytes(written[..(first is null ? written.Length : firstAt)]), first,
            Bytes(written[betweenAt..(second is null ? written.Length : secondAt)]), second, Bytes(written[afterAt..]));
    }

    /// <summary>Takes a key apart. The first part ends where the text behind it begins for the first time.</summary>
    /// <param name="user">The bytes that name the user; empty where the pattern does not.</param>
    /// <param name="token">The bytes in place of the token; empty where the pattern has none.</param>
    /// <returns>False for a key of another name.</returns>
    public bool Match(ReadOnlySpan<byte> key, out ReadOnlySpan<byte> user, out ReadOnlySpan<byte> token)
    {
        user = [];
        token = [];
        if (!key.StartsWith(_before) || _first is null)
        {
            return false;
        }

        var rest = key[_before.Length..];
        if (_second is null)
        {
            return rest.Length > _between.Length && rest.EndsWith(_between) && Take(_first, rest[..^_between.Length], ref user, ref token);
        }

        var at = rest.Length < 2 ? -1 : rest[1..].IndexOf(_between);
        if (at < 0)
        {
            return false;
        }

        var head = rest[..(at + 1)];
        var tail = rest[(at + 1 + _between.Length)..];
        return tail.Length > _after.Length && tail.EndsWith(_after)
            && Take(_first, head, ref user, ref token) && Take(_second, tail[..^_after.Length], ref user, ref token);
    }

    /// <summary>The name of a key.</summary>
    /// <param name="user">Used where the pattern has one.</param>
    /// <param name="token">Used where the pattern has one.</param>
    public byte[] Fill(ReadOnlySpan<byte> user, ReadOnlySpan<byte> token) =>
        [.. _before, .. Of(_first, user, token), .. _between, .. Of(_second, user, token), .. _after];

    public override string ToString() => Written;

    private static ReadOnlySpan<byte> Of(string? word, ReadOnlySpan<byte> user, ReadOnlySpan<byte> token) =>
        word switch { TokenWord => token, UserWord => user, _ => [] };

    private static bool Take(string word, ReadOnlySpan<byte> part, ref ReadOnlySpan<byte> user, ref ReadOnlySpan<byte> token)
    {
        if (word == UserWord)
        {
            user = part;
        }
        else
        {
            token = part;
        }

        return !part.IsEmpty;
    }

    private static string FaultOf(string written)
    {
        var literals = written.Replace(TokenWord, "", StringComparison.Ordinal).Replace(UserWord, "", StringComparison.Ordinal);
        return written.Length > MaxLength ? $"is longer than {MaxLength} characters. Shorten it."
            : written.Any(one => one is < '!' or > '~') ? "has a space, or a character that is not ASCII. Write it as the keys are named."
            : literals.Contains('<', StringComparison.Ordinal) || literals.Contains('>', StringComparison.Ordinal)
                ? "has a word in angle brackets that is not known. Known are <token> and <user>."
            : literals.Contains("blacklist:", StringComparison.Ordinal)
                ? "names keys that keep revoked JSON Web Tokens out: deleting one makes its token valid again. Write another pattern."
            : Count(written, TokenWord) > 1 || Count(written, UserWord) > 1 ? "has <token> or <user> twice. Each may stand once."
            : Count(written, TokenWord) + Count(written, UserWord) == 0
                ? "has neither <token> nor <user>. Write token:<token>, for example."
            : written.Contains("><", StringComparison.Ordinal) ? "has nothing between <user> and <token>. Write what separates them."
            : literals.Length < MinLiterals
                ? $"has fewer than {MinLiterals} literal characters, so other keys would be taken for tokens. "
                    + "Write token:<token>, for example."
            : "";
    }

    private static int Count(string text, string word) =>
        (text.Length - text.Replace(word, "", StringComparison.Ordinal).Length) / word.Length;

    private static (string? Word, int At) Next(string written, int from)
    {
        var at = written.IndexOf('<', from);
        return at < 0 ? (null, -1) : (written.AsSpan(at).StartsWith(TokenWord) ? TokenWord : UserWord, at);
    }

    private static byte[] Bytes(string text) => Encoding.ASCII.GetBytes(text);

    private static string GlobOf(byte[] literal) => GlobPattern.Literal(Encoding.ASCII.GetString(literal));
}
