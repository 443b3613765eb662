using System.Text;

namespace Dashboard.Access;

/// <summary>
/// Reads a secret of ours from a file in the same way as password files of servers: one line feed at the end is not part of it.
/// </summary>
internal static class SecretFile
{
    /// <returns>The secret; null when the file does not exist or may not be read.</returns>
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

    /// <summary>Returns why the file cannot be used, as the end of a sentence that begins with its path; null when it can.</summary>
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
            return "is not readable by the console, or is a folder";
        }
    }

    private static string WithoutLineFeed(string text) => text.EndsWith('\n') ? text[..^1] : text;
}
