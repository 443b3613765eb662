using System.Text;

namespace Dashboard.Access;

/// <summary>
/// Reads a secret of ours from a file as the servers' password files are read: one line feed at the end is not part of it.
/// </summary>
internal static class SecretFile
{
    /// <returns>Null when the file does not exist or may not be read.</returns>
    public static async Task<string?> ReadAsync(string path, CancellationToken cancel)
    {
        try
        {
            return WithoutLineFeed(await File.ReadAllTextAsync(path, Encoding.UTF8, cancel));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>What keeps it from being used, as the end of a sentence that begins with its path; null when nothing does.</summary>
    public static string? FaultOf(string path)
    {
        try
        {
            return WithoutLineFeed(File.ReadAllText(path, Encoding.UTF8)).Length == 0 ? "is empty" : null;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return "does not exist";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return "may not be read by this program, or is a folder";
        }
    }

    private static string WithoutLineFeed(string text) => text.EndsWith('\n') ? text[..^1] : text;
}
