using System.Security.Cryptography;
using System.Text;

namespace Dashboard.Actions.Tokens;

/// <summary>
/// The SHA-256 of a token, in lower-case hexadecimal: it identifies the token and does not reveal it. Applications keep the same digest in
/// their database.
/// </summary>
internal sealed record TokenDigest
{
    /// <summary>The length of a digest in hexadecimal.</summary>
    public const int Length = 64;

    /// <summary>The number of its first characters that pages show.</summary>
    public const int FingerprintLength = 12;

    /// <summary>A token of fewer bytes could be found by trying them all, so it has no digest here.</summary>
    public const int MinSecretLength = 16;

    private TokenDigest(string hex) => Hex = hex;

    public string Hex { get; }

    /// <summary>The beginning of the digest, as pages and the audit log show it.</summary>
    public string Fingerprint => Hex[..FingerprintLength];

    /// <param name="secret">The token itself.</param>
    /// <returns>Null for a token that is short, or a number: its digest would reveal it.</returns>
    public static TokenDigest? OfSecret(ReadOnlySpan<byte> secret) =>
        secret.Length < MinSecretLength || !secret.ContainsAnyExceptInRange((byte)'0', (byte)'9')
            ? null
            : new(Convert.ToHexStringLower(SHA256.HashData(secret)));

    /// <param name="inKey">What stands in the name of a key.</param>
    /// <returns>Null where it reveals too much, or is not of the declared form.</returns>
    public static TokenDigest? OfKey(ReadOnlySpan<byte> inKey, TokenKeyForm form) => form switch
    {
        TokenKeyForm.Raw => OfSecret(inKey),
        TokenKeyForm.Sha256 => OfHex(inKey),
        TokenKeyForm.RackSession => inKey.StartsWith("2::"u8) ? OfHex(inKey[3..]) : null,
        // The SHA-256 of the token cannot be told from its MD5.
        TokenKeyForm.Md5 => IsHex(inKey, 32) ? new(Convert.ToHexStringLower(SHA256.HashData(inKey))) : null,
        _ => null,
    };

    /// <summary>Reads a digest that a person typed or an application keeps.</summary>
    /// <returns>Null for what is none.</returns>
    public static TokenDigest? Parse(string hex) => OfHex(Encoding.UTF8.GetBytes(hex.Trim()));

    /// <summary>What stands in the name of a key for this token.</summary>
    internal static byte[] InKey(ReadOnlySpan<byte> secret, TokenKeyForm form) => form switch
    {
        TokenKeyForm.Raw => secret.ToArray(),
        TokenKeyForm.Sha256 => Hexadecimal(SHA256.HashData(secret)),
        TokenKeyForm.Md5 => Hexadecimal(Md5(secret)),
        TokenKeyForm.RackSession => [.. "2::"u8, .. Hexadecimal(SHA256.HashData(secret))],
        _ => throw new ArgumentOutOfRangeException(nameof(form)),
    };

    public override string ToString() => Fingerprint;

    private static TokenDigest? OfHex(ReadOnlySpan<byte> hex) =>
        IsHex(hex, Length) ? new(Encoding.ASCII.GetString(hex).ToLowerInvariant()) : null;

    private static bool IsHex(ReadOnlySpan<byte> text, int length)
    {
        if (text.Length != length)
        {
            return false;
        }

        foreach (var one in text)
        {
            if (!char.IsAsciiHexDigit((char)one))
            {
                return false;
            }
        }

        return true;
    }

    private static byte[] Hexadecimal(byte[] hash) => Encoding.ASCII.GetBytes(Convert.ToHexStringLower(hash));

    /// <summary>It finds keys that an application named by it; nothing is protected by it.</summary>
    private static byte[] Md5(ReadOnlySpan<byte> secret)
    {
#pragma warning disable CA5351 // Do not use broken cryptographic algorithms
        return MD5.HashData(secret);
#pragma warning restore CA5351
    }
}
