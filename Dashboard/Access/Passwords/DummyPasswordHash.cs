using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Dashboard.Access.Passwords;

/// <summary>
/// A hash that matches no password, in the format of the third version of <see cref="PasswordHasher{TUser}"/>. Checking a password against
/// it takes as long as against the hash of an account.
/// </summary>
/// <remarks>It consists of random bytes: making one by hashing would double the time of the first stranger's attempt.</remarks>
internal sealed class DummyPasswordHash(IOptions<PasswordHasherOptions> options)
{
    private const int Salt = 16;
    private const int Key = 32;
    private const int HmacSha512 = 2;

    public string Value { get; } = Make(options.Value.IterationCount);

    /// <summary>
    /// The format: 01; as big-endian numbers the function, the number of iterations and the length of the salt; then salt and key.
    /// </summary>
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
