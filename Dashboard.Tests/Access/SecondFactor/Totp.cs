using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Dashboard.Access.SecondFactor;

/// <summary>An authenticator (RFC 6238: SHA-1, 30 s, six digits), independent of the library that checks it.</summary>
internal static class Totp
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <param name="key">The key, in base 32.</param>
    public static string Of(string key, DateTimeOffset now)
    {
        Span<byte> step = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(step, now.ToUnixTimeSeconds() / 30);
        var hash = Hash(Bytes(key), step.ToArray());
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 0xF, 4)) & int.MaxValue;
        return (number % 1_000_000).ToString("000000", CultureInfo.InvariantCulture);
    }

#pragma warning disable CA5350 // Authenticators use SHA-1.
    private static byte[] Hash(byte[] key, byte[] data) => HMACSHA1.HashData(key, data);
#pragma warning restore CA5350

    private static byte[] Bytes(string key)
    {
        var bits =
            string.Concat(key.Select(letter => Convert.ToString(Alphabet.IndexOf(letter, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(index => Convert.ToByte(bits.Substring(index * 8, 8), 2))];
    }
}
