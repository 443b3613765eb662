using Dashboard.Actions.Tokens;

namespace Dashboard.Components.Tokens;

/// <summary>What the address of the page for tokens asks for, as it was typed. No token is part of it.</summary>
public sealed record TokenQuery(string? User, string? Digest, string? Before, string? After, bool WithoutTtl)
{
    public static readonly TokenQuery None = new(null, null, null, null, false);

    /// <param name="fault">What is wrong and what to write instead; empty when nothing is.</param>
    internal TokenFilter Filter(out string fault) => TokenFilter.Read(User, Digest, Before, After, WithoutTtl, out fault);

    /// <summary>The address of the page with this search.</summary>
    public string PathOf(string instance)
    {
        (string Name, string? Value)[] parts =
        [
            ("instance", instance), ("user", User?.Trim()), ("digest", Digest?.Trim()), ("before", Before?.Trim()), ("after", After?.Trim()),
            ("nottl", WithoutTtl ? "1" : null),
        ];
        return "tokens?" + string.Join(
            '&', parts.Where(part => !string.IsNullOrEmpty(part.Value)).Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value!)}"));
    }
}
