using System.Buffers.Text;
using System.Text;

namespace Dashboard.Actions.Tokens.Sockets;

/// <summary>The parameter by which Rails names a record: <c>gid://my-app/User/42</c> as base64url without padding.</summary>
internal static class GlobalId
{
    /// <summary>The longest id of a record, in characters.</summary>
    public const int MaxId = 200;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>What <c>to_gid_param</c> returns for the record.</summary>
    /// <param name="id">The record's id as text, whatever its type is, 1 to <see cref="MaxId"/> characters.</param>
    /// <exception cref="ArgumentException">The id is empty, too long, or no text.</exception>
    public static string Param(string app, string model, string id)
    {
        if (id.Length is 0 or > MaxId)
        {
            throw new ArgumentException($"An id has 1 to {MaxId} characters, not {id.Length}.", nameof(id));
        }

        return Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Head(app, model) + Escaped(id)));
    }

    /// <summary>Whether a text is the parameter of any record of this application and model.</summary>
    public static bool IsParamOf(string app, string model, string text)
    {
        try
        {
            return Base64Url.IsValid(text)
                && Strict.GetString(Base64Url.DecodeFromChars(text)).StartsWith(Head(app, model), StringComparison.Ordinal);
        }
        catch (ArgumentException)
        {
            // Bytes that are not UTF-8: a session id can be valid base64url by chance.
            return false;
        }
    }

    private static string Head(string app, string model) => $"gid://{app}/{model}/";

    /// <summary>
    /// As Ruby's <c>CGI.escape</c>: letters, digits and <c>_.-~</c> stay, a blank is <c>+</c>, each other byte is <c>%2F</c> in upper case.
    /// </summary>
    private static string Escaped(string id)
    {
        var escaped = new StringBuilder(id.Length);
        foreach (var one in Strict.GetBytes(id))
        {
            var sign = (char)one;
            escaped.Append(
                sign == ' ' ? "+"
                : char.IsAsciiLetterOrDigit(sign) || sign is '_' or '.' or '-' or '~' ? $"{sign}"
                : $"%{one:X2}");
        }

        return escaped.ToString();
    }
}
