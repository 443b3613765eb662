using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Dashboard.Access.Passwords;

/// <summary>
/// A hash that no password has, in the form of <see cref="PasswordHasher{TUser}"/>'s third version: checking a password against it takes as
/// long as against anybody's.
/// </summary>
/// <remarks>Made of random bytes: one made by hashing would cost the first stranger's try twice the time.</remarks>
internal sealed class DummyPasswordHash(IOptions<PasswordHasherOptions> options)
{
    private const int Salt = 16;
    private const int Key = 32;
    private const int HmacSha512 = 2;

    public string Value { get; } = Make(options.Value.IterationCount);

    /// <summary>01, then as big-endian numbers the function, how often it is run and the salt's length, then salt and key.</summary>
    private static string Make(int iterations)
    {
        var bytes = RandomNumberGenerator.GetBytes(13 + Salt + Key);
        bytes[0] = 1;
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(1), HmacSha512);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(5), iterations);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(9), Salt);
        return Convert.ToBase64String(bytes);
    }
}
