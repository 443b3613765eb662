using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Dashboard.Access.SignIn.Throttling;

/// <summary>Which counter of the brake is meant. Of one size, whatever was typed.</summary>
/// <param name="Name">Half a hash; 0 for a whole network.</param>
/// <param name="Place">Half a hash of a network or a browser; 0 for a whole account.</param>
internal readonly record struct ThrottleKey(ThrottleScope Scope, ThrottleKind Kind, UInt128 Name, UInt128 Place)
{
    /// <summary>128 bits: nobody finds two texts with the same.</summary>
    public static UInt128 HashOf(string text) => BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
