using System.Globalization;

namespace Dashboard.Valkey.Connecting;

/// <summary>
/// Reads a password file as <c>$(cat file)</c> gives it to the server: everything but the one line feed that an editor adds.
/// </summary>
internal static class PasswordFile
{
    /// <summary>The maximum in bytes; anything larger is some other file.</summary>
    public const int MaxLength = 4096;

    /// <summary>Reads the content now: it is read again at every attempt to connect, so that a rotation needs no restart.</summary>
    public static async Task<Reply<Password>> ReadAsync(string path, CancellationToken cancel)
    {
        try
        {
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, MaxLength);
            var content = new byte[MaxLength + 1];
            var length = await file.ReadAtLeastAsync(content, content.Length, throwOnEndOfStream: false, cancel);
            return length > MaxLength
                ? Unusable(path, $"is larger than {MaxLength} bytes")
                : Of(path, content[..length], File.GetLastWriteTimeUtc(path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            return Unusable(path, Reason(error));
        }
    }

    private static Reply<Password> Of(string path, byte[] content, DateTime changed)
    {
        var password = content is [.. var line, (byte)'\n'] ? line : content;
        return password.Length == 0
            ? Unusable(path, "is empty")
            : new Password(
                password,
                EdgeOf(content)
                    ?? string.Create(CultureInfo.InvariantCulture, $"'{path}' was last changed {changed:yyyy-MM-dd HH:mm:ss} UTC"));

        string? EdgeOf(byte[] all) => all switch
        {
            [.., (byte)'\r', (byte)'\n'] => $"'{path}' ends in CR LF, and the CR is sent as part of the password",
            [.., (byte)'\r'] => $"'{path}' ends in CR, which is sent as part of the password",
            [.., (byte)'\n', (byte)'\n'] => $"'{path}' ends in more than one line feed; only the last is left out",
            [.., (byte)' ' or (byte)'\t', (byte)'\n'] or [.., (byte)' ' or (byte)'\t'] =>
                $"'{path}' ends in a space or tab, which is sent as part of the password",
            [(byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n', ..] =>
                $"'{path}' begins with white space, which is sent as part of the password",
            [0xEF, 0xBB, 0xBF, ..] => $"'{path}' begins with a byte order mark, which is sent as part of the password",
            _ => null,
        };
    }

    private static Fault Unusable(string path, string why) => new(FaultKind.PasswordFile, RedactedText.Of($"'{path}' {why}"));

    private static string Reason(Exception error) => error switch
    {
        FileNotFoundException or DirectoryNotFoundException => "does not exist",
        UnauthorizedAccessException => "is not readable by the console, or is a folder",
        _ => "cannot be read",
    };
}
