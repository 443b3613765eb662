using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Dashboard.Actions.Tokens;

/// <summary>What a pasted JSON Web Token says of itself. Nothing of it is verified.</summary>
/// <param name="Jti">Its id; null where it has none.</param>
/// <param name="Expires">Its end; null where it has none.</param>
internal sealed record PastedJwt(string? Jti, DateTimeOffset? Expires)
{
    private const int MaxJti = 128;

    /// <summary>
    /// The line that makes an application refuse it where the application looks at <c>blacklist:&lt;jti&gt;</c>; null without an id, and for
    /// one that has ended.
    /// </summary>
    public string? Line(DateTimeOffset now) => Jti is null || Jti.Any(one => !char.IsAsciiLetterOrDigit(one) && one is not ('-' or '_' or '.'))
        ? null
        : Expires is { } end
            ? end <= now ? null : string.Create(CultureInfo.InvariantCulture, $"SET blacklist:{Jti} 1 EX {(long)(end - now).TotalSeconds + 60}")
            : $"SET blacklist:{Jti} 1";

    /// <returns>Null for what is no JSON Web Token.</returns>
    public static PastedJwt? Parse(string text)
    {
        var parts = text.Split('.');
        if (parts.Length != 3 || ObjectOf(parts[0]) is not { } header || !header.ContainsKey("alg") || ObjectOf(parts[1]) is not { } claims)
        {
            return null;
        }

        return new(
            claims.TryGetValue("jti", out var jti) && jti.ValueKind is JsonValueKind.String or JsonValueKind.Number
                && jti.ToString() is { Length: > 0 and <= MaxJti } id ? id : null,
            claims.TryGetValue("exp", out var exp) && exp.ValueKind == JsonValueKind.Number && exp.TryGetDouble(out var seconds)
                && seconds is > 0 and < 253_402_300_800d ? DateTimeOffset.FromUnixTimeMilliseconds((long)(seconds * 1000)) : null);
    }

    private static Dictionary<string, JsonElement>? ObjectOf(string part)
    {
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(Base64Url.DecodeFromChars(part));
        }
        catch (Exception error) when (error is FormatException or JsonException or DecoderFallbackException)
        {
            return null;
        }
    }
}
