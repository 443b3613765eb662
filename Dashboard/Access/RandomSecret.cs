using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Dashboard.Access;

/// <summary>
/// Makes the secrets that the console issues (session, link, machine token): 256 random bits, of which only the hash is stored.
/// </summary>
/// <remarks>Plain SHA-256 is enough: 256 random bits cannot be guessed.</remarks>
internal static class RandomSecret
{
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
