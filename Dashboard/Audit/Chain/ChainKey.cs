using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Dashboard.Audit.Chain;

/// <summary>
/// The secret that seals rows and heads (HMAC-SHA256). Without it, a person can change the file, but not so that the seals fit.
/// </summary>
internal sealed class ChainKey(byte[] key)
{
    public const int HashBytes = 32;

    /// <summary>Seals the previous hash and every field, each preceded by its length, so that no two rows have the same input.</summary>
    public byte[] Seal(AuditRow row)
    {
        using var seal = Begin("dashboard audit row 1");
        Add(seal, row.Previous);
        foreach (var number in (ReadOnlySpan<long?>)[row.Sequence, row.At, row.Database])
        {
            Add(seal, number);
        }

        foreach (var text in (ReadOnlySpan<string?>)[row.Kind, row.Act, row.Replica, row.Actor, row.Address, row.Action, row.Subject,
            row.Instance, row.RunId, row.Counts, row.Reason, row.Result, row.Detail])
        {
            Add(seal, text is null ? null : Encoding.UTF8.GetBytes(text));
        }

        return seal.GetHashAndReset();
    }

    public byte[] Seal(AuditHead head)
    {
        using var seal = Begin("dashboard audit head 1");
        Add(seal, head.Sequence);
        Add(seal, head.Hash);
        return seal.GetHashAndReset();
    }

    public bool Fits(AuditRow row) => CryptographicOperations.FixedTimeEquals(Seal(row), row.Hash);

    private IncrementalHash Begin(string what)
    {
        var seal = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        Add(seal, Encoding.ASCII.GetBytes(what));
        return seal;
    }

    private static void Add(IncrementalHash seal, long? number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number ?? 0);
        AddLength(seal, number is null ? -1 : bytes.Length);
        seal.AppendData(number is null ? [] : bytes);
    }

    private static void Add(IncrementalHash seal, byte[]? bytes)
    {
        AddLength(seal, bytes?.Length ?? -1);
        seal.AppendData(bytes ?? []);
    }

    /// <param name="length">The length; -1 for null, which differs from empty.</param>
    private static void AddLength(IncrementalHash seal, int length)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, length);
        seal.AppendData(bytes);
    }
}
