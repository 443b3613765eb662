using System.Collections.Immutable;
using Dashboard.Metrics;

namespace Dashboard.History.Columns;

/// <summary>
/// Packs a duration's counts into few bytes, as most are 0: for each other count its position and its value, seven bits per byte, lowest
/// first.
/// </summary>
/// <remarks>Seven polls under 0.5 ms and one under 2 ms: <c>02 07 04 01</c>.</remarks>
internal static class PackedCounts
{
    public static byte[] Pack(ImmutableArray<int> counts)
    {
        var bytes = new List<byte>();
        for (var slot = 0; slot < counts.Length; slot++)
        {
            if (counts[slot] > 0)
            {
                bytes.Add((byte)slot);
                Append(bytes, counts[slot]);
            }
        }

        return [.. bytes];
    }

    /// <summary>Never throws: what is cut off or out of range is left out.</summary>
    public static ImmutableArray<int> Unpack(ReadOnlySpan<byte> bytes)
    {
        var counts = new int[DurationCell.Bounds.Length + 1];
        for (var at = 0; at < bytes.Length;)
        {
            var slot = bytes[at++];
            var count = 0L;
            for (var shift = 0; at < bytes.Length && shift < 35; shift += 7)
            {
                count |= (long)(bytes[at] & 0x7F) << shift;
                if (bytes[at++] < 0x80)
                {
                    break;
                }
            }

            if (slot < counts.Length)
            {
                counts[slot] = (int)Math.Min(count, int.MaxValue);
            }
        }

        return ImmutableArray.Create(counts);
    }

    private static void Append(List<byte> bytes, int count)
    {
        for (; count >= 0x80; count >>= 7)
        {
            bytes.Add((byte)(count | 0x80));
        }

        bytes.Add((byte)count);
    }
}
