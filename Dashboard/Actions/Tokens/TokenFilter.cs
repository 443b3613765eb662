using System.Globalization;

namespace Dashboard.Actions.Tokens;

/// <summary>Which tokens are meant: those for which everything that is set holds.</summary>
internal sealed record TokenFilter
{
    /// <summary>The longest id that is typed; a UUID has 36 characters, and a token more than 40.</summary>
    private const int MaxIdLength = 40;

    /// <summary>The longest beginning of a digest is a whole one; the shortest is a fingerprint.</summary>
    private const int MinDigest = TokenDigest.FingerprintLength;

    /// <summary>The id of a user, compared as text; null for any.</summary>
    public string? User { get; init; }

    /// <summary>Created before this moment; a token of unknown age is not meant.</summary>
    public DateTimeOffset? CreatedBefore { get; init; }

    /// <summary>Created at this moment or later; a token of unknown age is not meant.</summary>
    public DateTimeOffset? CreatedAfter { get; init; }

    /// <summary>Without a time to live.</summary>
    public bool WithoutTtl { get; init; }

    /// <summary>A digest, or how it begins, in lower case; null for any.</summary>
    public string? Digest { get; init; }

    public bool IsEmpty => this == new TokenFilter();

    /// <summary>Whether the time to live has to be read.</summary>
    public bool NeedsTtl => WithoutTtl;

    /// <summary>E.g. <c>of user 42, created before 2026-11-30 12:00:00 UTC</c>; names no secret.</summary>
    public string Text => string.Join(", ", Parts());

    /// <summary>Reads what a person typed, or an address holds.</summary>
    /// <param name="fault">What is wrong and what to write instead; empty when nothing is.</param>
    public static TokenFilter Read(string? user, string? digest, string? before, string? after, bool withoutTtl, out string fault)
    {
        fault = "";
        var filter = new TokenFilter
        {
            User = user?.Trim() is { Length: > 0 } id ? id : null,
            Digest = digest?.Trim().ToLowerInvariant() is { Length: > 0 } hex ? hex : null,
            CreatedBefore = Time(before, "before", ref fault),
            CreatedAfter = Time(after, "after", ref fault),
            WithoutTtl = withoutTtl,
        };
        if (filter.User is { } owner && (owner.Length > MaxIdLength || owner.StartsWith("eyJ", StringComparison.Ordinal)))
        {
            fault = "That looks like a token, not a user's id, and what is typed here stands in the address. Paste it into the field for "
                + "tokens.";
        }

        if (filter.Digest is { } typed && (typed.Length is < MinDigest or > TokenDigest.Length || !typed.All(char.IsAsciiHexDigit)))
        {
            fault = $"A fingerprint has {MinDigest} and a SHA-256 digest {TokenDigest.Length} characters, 0–9 and a–f. To find a token "
                + "itself, paste it into the field for tokens.";
        }

        if (fault.Length == 0 && filter.IsEmpty)
        {
            fault = "Say which tokens to find: a user, a fingerprint, a time, or those without TTL.";
        }

        return filter;
    }

    public bool Matches(FoundToken token) =>
        (User is null || token.User == User)
        && (Digest is null || token.Digest?.Hex.StartsWith(Digest, StringComparison.Ordinal) == true)
        && (CreatedBefore is null || token.Created < CreatedBefore)
        && (CreatedAfter is null || token.Created >= CreatedAfter)
        && (!WithoutTtl || token.IsWithoutTtl == true);

    private static DateTimeOffset? Time(string? written, string name, ref string fault)
    {
        if (string.IsNullOrWhiteSpace(written))
        {
            return null;
        }

        if (DateTimeOffset.TryParse(
            written.Trim(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
        {
            return time;
        }

        fault = $"“Created {name}” is not a time. Write 2026-11-30 12:00, for example; it is read as UTC.";
        return null;
    }

    private IEnumerable<string> Parts()
    {
        if (User is not null)
        {
            yield return $"of user {User}";
        }

        if (Digest is { } digest)
        {
            yield return $"with fingerprint {digest[..MinDigest]}";
        }

        if (CreatedBefore is { } before)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"created before {before.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC");
        }

        if (CreatedAfter is { } after)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"created from {after.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC on");
        }

        if (WithoutTtl)
        {
            yield return "without TTL";
        }
    }
}
