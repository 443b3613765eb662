using System.Collections.Concurrent;
using System.Text;

namespace Dashboard.Servers;

/// <summary>
/// The secrets of this test run. All passwords contain one mark, and everything that a console logs, keeps and sends is searched for it, in
/// every test. What is shown once on purpose, a token or a link, is registered when it is seen, and may not be kept.
/// </summary>
internal static class Canaries
{
    private static readonly string Mark = Guid.NewGuid().ToString("N");
    private static readonly byte[][] Marks = [.. Forms(Mark)];
    private static readonly ConcurrentBag<byte[]> ShownOnce = [];

    /// <summary>A password of this run only, without blanks.</summary>
    /// <param name="name">What it belongs to, e.g. <c>owner</c>.</param>
    public static string Password(string name) => $"{name}-{Mark}";

    /// <summary>Registers what was shown once: from now on, nothing may keep it or log it.</summary>
    public static void Register(string shownOnce)
    {
        Assert.True(shownOnce.Length >= 16, "too short to search for");
        foreach (var form in Forms(shownOnce))
        {
            ShownOnce.Add(form);
        }
    }

    /// <summary>Whether the bytes contain a password: as it is, as UTF-16 or as Base64.</summary>
    public static bool IsIn(ReadOnlySpan<byte> sent) => IsAnyIn(Marks, sent);

    public static bool IsIn(string text) => IsIn(Encoding.UTF8.GetBytes(text));

    /// <summary>Like <see cref="IsIn(ReadOnlySpan{byte})"/>, including what was shown once.</summary>
    public static bool IsKept(ReadOnlySpan<byte> kept) => IsIn(kept) || IsAnyIn(ShownOnce, kept);

    public static bool IsKept(string text) => IsKept(Encoding.UTF8.GetBytes(text));

    /// <summary>Checks every file below the folder, as it is on the disk now.</summary>
    public static async Task AssertNoneKeptAsync(string folder)
    {
        foreach (var file in Directory.Exists(folder) ? Directory.GetFiles(folder, "*", SearchOption.AllDirectories) : [])
        {
            Assert.False(IsKept(await ReadAsync(file)), $"{Path.GetFileName(file)} keeps a secret");
        }
    }

    /// <summary>
    /// Retries: a locked file may stay so for a moment, because a server that another test just started holds all open files until it runs
    /// its own program. An empty file, such as that of a lock, need not be opened.
    /// </summary>
    private static async Task<byte[]> ReadAsync(string file) => (await Eventually.Async(
        async () =>
        {
            try
            {
                return new FileInfo(file).Length == 0 ? [] : await File.ReadAllBytesAsync(file);
            }
            catch (IOException)
            {
                return null;
            }
        },
        bytes => bytes is not null))!;

    private static bool IsAnyIn(IEnumerable<byte[]> forms, ReadOnlySpan<byte> bytes)
    {
        foreach (var form in forms)
        {
            if (bytes.IndexOf(form) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<byte[]> Forms(string secret) =>
        [Encoding.UTF8.GetBytes(secret), Encoding.Unicode.GetBytes(secret), .. Base64(secret)];

    /// <summary>
    /// The Base64 of a text depends on the number of bytes before it; the characters that its neighbors affect are left out.
    /// </summary>
    private static IEnumerable<byte[]> Base64(string secret)
    {
        for (var before = 0; before < 3; before++)
        {
            var whole = Convert.ToBase64String(Encoding.UTF8.GetBytes(new string('x', before) + secret));
            yield return Encoding.ASCII.GetBytes(whole[(before == 0 ? 0 : 4)..((whole.Length - 4) & ~3)]);
        }
    }
}
