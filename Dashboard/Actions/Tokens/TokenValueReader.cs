using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Dashboard.Valkey;

namespace Dashboard.Actions.Tokens;

/// <summary>Reads the value of a token's key in its declared form. A value of another form is named and not read. Pure.</summary>
internal static class TokenValueReader
{
    /// <summary>The longest id of a user, in characters.</summary>
    public const int MaxUserLength = 128;

    /// <summary>The digits of the largest number of 64 bits.</summary>
    private const int MaxDigits = 20;

    /// <summary>Numbers above are milliseconds: as seconds they would be after the year 5138.</summary>
    private const double MaxSeconds = 1e11;

    /// <summary>Signs of other forms, which no id has.</summary>
    private static readonly SearchValues<char> NoId = SearchValues.Create("\"\\{}[]<>");

    private static readonly TokenValue Unread = new("not read", IsRead: true);

    /// <summary>Names may not stand twice: libraries differ in which of the two they take.</summary>
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static TokenValue Read(TokenEntry entry, TokenKind kind) => entry.Type switch
    {
        _ when kind.KeyHolds == TokenKeyForm.User || kind.Value == TokenValueForm.Opaque => Unread,
        "hash" when kind.Value is TokenValueForm.Hash or TokenValueForm.Auto => OfHash(entry),
        "string" when kind.Value == TokenValueForm.Hash => Other("a string"),
        "string" => entry.Value is { } bytes ? OfString(bytes, kind) : Other("larger than is read"),
        _ => Other($"a {entry.Type}"),
    };

    /// <summary>Reads ISO 8601, Ruby's <c>2025-01-01 00:00:00 +0000</c>, or seconds or milliseconds since 1970.</summary>
    /// <returns>Null for anything else.</returns>
    public static DateTimeOffset? TimeOf(string text)
    {
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            var milliseconds = number > MaxSeconds ? number : number * 1000;
            return milliseconds is >= 0 and < 253_402_300_800_000d ? DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds) : null;
        }

        return DateTimeOffset.TryParse(
            text.EndsWith(" UTC", StringComparison.Ordinal) ? text[..^4] : text, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : null;
    }

    private static TokenValue OfHash(TokenEntry entry) => new("hash", IsRead: true)
    {
        User = entry.Value is { } user ? UserOf(TextOf(user)) : null,
        CreatedText = entry.Created is { } created ? TextOf(created) : null,
    };

    private static TokenValue OfString(byte[] bytes, TokenKind kind) => bytes switch
    {
        [] => Other("empty"),
        [0x04, 0x08, ..] => Other("Ruby Marshal"),
        [(byte)'{', ..] when kind.Value != TokenValueForm.Id => OfJson(bytes, kind),
        [(byte)'"', ..] => Other("JSON in a JSON string"),
        [(byte)'[', ..] => Other("a JSON array"),
        [>= 0x80 and <= 0x8F or >= 0xDE and <= 0xDF, ..] => Other("MessagePack"),
        _ when kind.Value == TokenValueForm.Json => Other("no JSON object"),
        // Any text may be an id, and any may be a secret: one that is neither a number nor a UUID is read only where the settings say so.
        _ when kind.Value == TokenValueForm.Auto && !IsPlainId(bytes) => Other("text that is neither a number nor a UUID"),
        _ => TextOf(bytes) is { } text && !text.AsSpan().ContainsAny(NoId) && UserOf(text) is { } user
            ? new("id", IsRead: true) { User = user }
            : Other("no id"),
    };

    private static TokenValue OfJson(byte[] bytes, TokenKind kind)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes, Strict);
            return new("JSON", IsRead: true)
            {
                User = At(document.RootElement, kind.UserPath) is { } user ? UserOf(ScalarOf(user)) : null,
                CreatedText = At(document.RootElement, kind.CreatedPath) is { } created ? ScalarOf(created) : null,
            };
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return Other("JSON with an error or a name twice");
        }
    }

    private static bool IsPlainId(byte[] bytes) =>
        (bytes.Length <= MaxDigits && !bytes.AsSpan().ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        || (Utf8Parser.TryParse(bytes, out Guid _, out var read, 'D') && read == bytes.Length);

    /// <summary>The value at a JSON Pointer (RFC 6901); null where there is none, and for an empty pointer.</summary>
    private static JsonElement? At(JsonElement root, string pointer)
    {
        if (pointer.Length == 0)
        {
            return null;
        }

        var at = root;
        var steps = pointer.AsSpan(1);
        foreach (var step in steps.Split('/'))
        {
            var name = steps[step];
            if (name.Contains('~'))
            {
                name = name.ToString().Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            }

            if (at.ValueKind == JsonValueKind.Object && at.TryGetProperty(name, out var member))
            {
                at = member;
            }
            else if (at.ValueKind == JsonValueKind.Array
                && int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                && index < at.GetArrayLength())
            {
                at = at[index];
            }
            else
            {
                return null;
            }
        }

        return at;
    }

    /// <summary>A number as it is written: an id of more than 2^53 stays exact.</summary>
    private static string? ScalarOf(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number => element.GetRawText(),
        _ => null,
    };

    private static string? UserOf(string? text) =>
        text?.Trim() is { Length: > 0 and <= MaxUserLength } id && !id.Any(one => char.IsControl(one) || char.IsWhiteSpace(one))
            ? id
            : null;

    private static string? TextOf(byte[] bytes)
    {
        try
        {
            return Utf8.GetString(bytes);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static TokenValue Other(string form) => new(form, IsRead: false);
}
