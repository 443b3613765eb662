using System.Text.Json;

namespace Dashboard.Actions.Tokens;

/// <summary>What a signed cookie of Rails holds, where it was written as JSON. Pure.</summary>
/// <remarks>
/// From ActiveSupport 6.1 and 7.2 (messages/metadata.rb, message_verifier.rb): Base64 of the JSON of the value, or of
/// <c>{"_rails":{"message":…}}</c> with the Base64 of that JSON, or of <c>{"_rails":{"data":…}}</c> with the value.
/// </remarks>
internal static class SignedCookie
{
    /// <param name="data">What is before the signature.</param>
    /// <returns>Null for anything but a text.</returns>
    public static string? Read(string data)
    {
        try
        {
            return TextOf(data);
        }
        catch (InvalidOperationException)
        {
            // A text that is no valid Unicode.
            return null;
        }
    }

    private static string? TextOf(string data)
    {
        if (Decoded(data) is not { } value)
        {
            return null;
        }

        if (value is { ValueKind: JsonValueKind.Object } && value.TryGetProperty("_rails", out var envelope)
            && envelope.ValueKind == JsonValueKind.Object)
        {
            value = envelope.TryGetProperty("message", out var message) && message.ValueKind == JsonValueKind.String
                ? Decoded(message.GetString()!) ?? default
                : envelope.TryGetProperty("data", out var inner) ? inner
                : default;
        }

        return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
    }

    private static JsonElement? Decoded(string base64)
    {
        var bytes = new byte[base64.Length];
        if (!Convert.TryFromBase64String(base64.Replace('-', '+').Replace('_', '/'), bytes, out var written))
        {
            return null;
        }

        try
        {
            return JsonElement.Parse(bytes.AsSpan(0, written));
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
