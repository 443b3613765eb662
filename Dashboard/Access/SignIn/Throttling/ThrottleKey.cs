using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Dashboard.Access.SignIn.Throttling;

/// <summary>Identifies a counter of the throttle. Its size does not depend on what was typed.</summary>
/// <param name="Name">Half of a hash; 0 for a whole network.</param>
/// <param name="Place">Half of a hash of a network or a browser; 0 for a whole account.</param>
internal readonly record struct ThrottleKey(ThrottleScope Scope, ThrottleKind Kind, UInt128 Name, UInt128 Place)
{
    /// <summary>Returns 128 bits of a hash: collisions cannot be found.</summary>
    public static UInt128 HashOf(string text) => BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
