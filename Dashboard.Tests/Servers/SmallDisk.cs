using System.Globalization;
using System.Runtime.InteropServices;
using StackExchange.Redis;

namespace Dashboard.Servers;

/// <summary>A file system of a few megabytes that only one server sees, and that is gone when the server ends.</summary>
internal static class SmallDisk
{
    public const int Megabytes = 6;

    /// <summary>The command that runs <paramref name="server"/> with a small disk mounted over <paramref name="folder"/>.</summary>
    public static string[] Around(string folder, IEnumerable<string> server) =>
    [
        "unshare", "--mount", .. geteuid() == 0 ? Array.Empty<string>() : ["--map-root-user"],
        "sh", "-c", string.Create(CultureInfo.InvariantCulture, $"mount -t tmpfs -o size={Megabytes}m tmpfs \"$0\" && exec \"$@\""), folder,
        .. server,
    ];

    /// <summary>Fills it until the server refuses to write: MISCONF.</summary>
    /// <remarks>
    /// A server with a slow disk delays writing its file for up to two seconds, so this relies on what the server answers, not on how much
    /// was sent.
    /// </remarks>
    public static async Task FillAsync(TestServer server)
    {
        await File.WriteAllBytesAsync(Ballast(server), new byte[(Megabytes - 2) * 1024 * 1024]);
        var value = new string('x', 512 * 1024);
        await Eventually.Async(async () => await RefusesAsync(server, value));
    }

    private static async Task<bool> RefusesAsync(TestServer server, string value)
    {
        try
        {
            await server.CallAsync("SET", "small-disk", value);
            return false;
        }
        catch (RedisServerException error) when (error.Message.StartsWith("MISCONF", StringComparison.Ordinal))
        {
            return true;
        }
    }

    /// <summary>Frees the disk; the server notices within a second or two.</summary>
    public static void Free(TestServer server) => File.Delete(Ballast(server));

    /// <summary>The file that fills the server's disk, seen from outside its mount namespace.</summary>
    private static string Ballast(TestServer server) => $"/proc/{server.Pid}/root{server.Folder}/data/ballast";

    [DllImport("libc")]
    private static extern uint geteuid();
}
