using Dashboard.Actions.Tokens;
using Dashboard.Metrics;
using Dashboard.Text;

namespace Dashboard.Components.Tokens;

/// <summary>A token that was found, as a row of the table. It shows no part of the key or the value.</summary>
/// <param name="Place">Its place among the rows of the search.</param>
internal sealed record TokenRow(int Place, FoundToken Token, DateTimeOffset ReadAt, bool IsRevokedBefore)
{
    public string Fingerprint => Token.Digest?.Fingerprint ?? "none";

    /// <summary>Why it has no fingerprint; null where it has one.</summary>
    public string? WithoutFingerprint => Token.Digest is null ? "too short or a number: a fingerprint would reveal it" : null;

    public string Kind => Token.Kind.Name;

    public string User => Token.User is { } user ? SafeText.Of(user, TokenValueReader.MaxUserLength) : "unknown";

    /// <summary>For sorting; what is not known comes last.</summary>
    public DateTimeOffset CreatedOrder => CreatedAt ?? DateTimeOffset.MinValue;

    /// <summary>When it was created, estimated from its time to live where the value does not say it; null where neither is known.</summary>
    public DateTimeOffset? CreatedAt => Token.Created ?? Token.EstimatedCreation(ReadAt);

    public bool IsEstimated => Token.Created is null;

    public TimeSpan ExpiresOrder => Token.TimeToLive ?? TimeSpan.MaxValue;

    public string Expires => Token switch
    {
        { IsWithoutTtl: true } => "never",
        { TimeToLive: { } left } => $"in {DurationText.Text(left)}",
        _ => "not read",
    };

    public string Size => Token.Entry.Type == "string"
        ? UnitFormat.Text(Unit.Bytes, Token.Entry.Size)
        : $"{UnitFormat.Text(Unit.Count, Token.Entry.Size)} fields";

    public string Form => Token.Value.Form;

    /// <summary>The rows of a search.</summary>
    public static IReadOnlyList<TokenRow> Of(TokenSearchState state) =>
    [
        .. state.Rows.Select((token, place) =>
            new TokenRow(place, token, state.ReadAt, token.Digest is { } digest && state.RevokedBefore.Contains(digest.Hex))),
    ];
}
