namespace Dashboard.Configuration;

/// <summary>The settings of access tokens, as they were written, section <c>Dashboard:Tokens</c>.</summary>
internal sealed class TokensOptions
{
    /// <summary>The kinds of tokens, by name; none written means one, <c>access</c>, with the defaults of <see cref="TokenKindOptions"/>.</summary>
    public Dictionary<string, TokenKindOptions> Kinds { get; set; } = new(StringComparer.Ordinal);
}
