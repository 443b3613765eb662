using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Dashboard.Access.SecondFactor;

/// <summary>
/// The six digits of an authenticator (TOTP, RFC 6238: SHA-1, 30 s). Pure. The framework checks codes as well, but does not report the step
/// of a code, by which it is used up.
/// </summary>
internal static class AuthenticatorCode
{
    /// <summary>
    /// How many steps before and after the present one are accepted, because clocks of phones are off; as in ASP.NET Core Identity.
    /// </summary>
    public const int Around = 2;

    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <returns>160 random bits in base 32 (RFC 4226, 4).</returns>
    public static string NewKey() => RandomNumberGenerator.GetString(Base32, 32);

    /// <summary>The number of 30 s steps since 1970.</summary>
    public static long StepAt(DateTimeOffset now) => now.ToUnixTimeSeconds() / 30;

    /// <returns>The step of the code; null when it belongs to none of those accepted now.</returns>
    public static long? StepOf(string key, string code, DateTimeOffset now)
    {
        var (bytes, present) = (Bytes(key), StepAt(now));
        for (var step = present - Around; step <= present + Around; step++)
        {
            if (CryptographicOperations.FixedTimeEquals(Digits(bytes, step), System.Text.Encoding.ASCII.GetBytes(code)))
            {
                return step;
            }
        }

        return null;
    }

    /// <summary>RFC 4226, 5.3.</summary>
    private static byte[] Digits(byte[] key, long step)
    {
        Span<byte> moving = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(moving, step);
#pragma warning disable CA5350 // Authenticators use SHA-1.
        var hash = HMACSHA1.HashData(key, moving);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 0xF, 4)) & int.MaxValue;
        return System.Text.Encoding.ASCII.GetBytes((number % 1_000_000).ToString("000000", CultureInfo.InvariantCulture));
    }

    /// <summary>Decodes a key in base 32; bits that fill no byte are dropped.</summary>
    private static byte[] Bytes(string key)
    {
        var (bytes, held, bits) = (new List<byte>(20), 0, 0);
        foreach (var letter in key)
        {
            (held, bits) = ((held << 5) | Base32.IndexOf(letter, StringComparison.Ordinal), bits + 5);
            if (bits >= 8)
            {
                bits -= 8;
                bytes.Add((byte)(held >> bits));
                held &= (1 << bits) - 1;
            }
        }

        return [.. bytes];
    }
}
