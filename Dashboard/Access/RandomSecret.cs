using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Dashboard.Access;

/// <summary>Secrets the console hands out (session, link, machine token): 256 random bits, kept as their hash alone.</summary>
/// <remarks>A plain SHA-256 suffices: there is nothing to guess about 256 random bits.</remarks>
internal static class RandomSecret
{
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
