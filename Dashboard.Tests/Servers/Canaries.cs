using System.Collections.Concurrent;
using System.Text;

namespace Dashboard.Servers;

/// <summary>
/// The secrets of this run of the tests. All passwords carry one mark; what a console says, keeps and sends is searched for it,
/// whichever test made it. What is shown once on purpose, a token or a link, is learned when it is seen, and may not be kept.
/// </summary>
internal static class Canaries
{
    private static readonly string Mark = Guid.NewGuid().ToString("N");
    private static readonly byte[][] Marks = [.. Forms(Mark)];
    private static readonly ConcurrentBag<byte[]> ShownOnce = [];

    /// <summary>A password of this run alone, without blanks.</summary>
    /// <param name="name">Where it belongs to, e.g. <c>owner</c>.</param>
    public static string Password(string name) => $"{name}-{Mark}";

    /// <summary>From now on nothing may keep it or write it to its log.</summary>
    public static void Learn(string shownOnce)
    {
        Assert.True(shownOnce.Length >= 16, "too short to search for");
        foreach (var form in Forms(shownOnce))
        {
            ShownOnce.Add(form);
        }
    }

    /// <summary>Whether a password is in it: as it is, as UTF-16 or as Base64.</summary>
    public static bool IsIn(ReadOnlySpan<byte> sent) => IsAnyIn(Marks, sent);

    public static bool IsIn(string said) => IsIn(Encoding.UTF8.GetBytes(said));

    /// <summary>As <see cref="IsIn(ReadOnlySpan{byte})"/>, what was shown once included.</summary>
    public static bool IsKept(ReadOnlySpan<byte> kept) => IsIn(kept) || IsAnyIn(ShownOnce, kept);

    public static bool IsKept(string said) => IsKept(Encoding.UTF8.GetBytes(said));

    /// <summary>Every file below the folder, as it is on the disk now.</summary>
    public static async Task AssertNoneKeptAsync(string folder)
    {
        foreach (var file in Directory.Exists(folder) ? Directory.GetFiles(folder, "*", SearchOption.AllDirectories) : [])
        {
            Assert.False(IsKept(await ReadAsync(file)), $"{Path.GetFileName(file)} keeps a secret");
        }
    }

    /// <summary>
    /// A file that was locked may be so for a moment longer: a server just started by another test held all that was open, until it became
    /// itself.
    /// </summary>
    private static async Task<byte[]> ReadAsync(string file) => (await Eventually.Async(
        async () =>
        {
            try
            {
                return await File.ReadAllBytesAsync(file);
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

    /// <summary>A text's Base64 depends on how many bytes stand before it; what its neighbours have a part in is left away.</summary>
    private static IEnumerable<byte[]> Base64(string secret)
    {
        for (var before = 0; before < 3; before++)
        {
            var whole = Convert.ToBase64String(Encoding.UTF8.GetBytes(new string('x', before) + secret));
            yield return Encoding.ASCII.GetBytes(whole[(before == 0 ? 0 : 4)..((whole.Length - 4) & ~3)]);
        }
    }
}
