using System.Buffers;
using Dashboard.Text;

namespace Dashboard.Info;

/// <summary>Reads text from INFO. A server may send anything at all: the result is bounded, and safe to show and to keep.</summary>
internal static class InfoStrings
{
    /// <summary>The most characters; servers use 40.</summary>
    private const int MaxIdentity = 64;

    private static readonly SearchValues<char> OfIdentities =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_");

    /// <summary>Text for people, e.g. <c>allkeys-lru</c>. Null when the field is absent.</summary>
    /// <param name="max">Characters.</param>
    public static string? Word(this InfoReply reply, string name, int max = 64) =>
        reply.Text(name) is { } text ? SafeText.Of(text, max) : null;

    /// <summary>An id that distinguishes one server from another, such as <c>run_id</c>; it is kept with every reading.</summary>
    /// <remarks>Null when it is empty, the zeros that some proxies send, or nothing that a server would use as an id.</remarks>
    public static string? Identity(this InfoReply reply, string name) =>
        reply.Text(name) is { Length: <= MaxIdentity } id && id.AsSpan().Trim('0').Length > 0
            && !id.AsSpan().ContainsAnyExcept(OfIdentities) ? id : null;
}
