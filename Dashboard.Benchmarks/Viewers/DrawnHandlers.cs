using System.Buffers.Binary;
using System.Text;

namespace Dashboard.Benchmarks.Viewers;

/// <summary>
/// Finds the handlers of clicks in what a console draws: the framework's render batch, as its <c>RenderBatchWriter</c> writes it.
/// </summary>
/// <remarks>
/// A batch ends in five offsets. The second is that of the frames: their number, then 20 bytes each; an attribute has type 3, the index of
/// its name, the index of its value, and the number of its handler. The fifth is that of the strings: the offset of each, which begins with
/// its length in 7-bit groups.
/// </remarks>
internal static class DrawnHandlers
{
    private const int Attribute = 3;
    private const int FrameLength = 20;
    private const int FooterLength = 20;

    public static IEnumerable<int> OfClicks(byte[] batch)
    {
        var footer = batch.Length - FooterLength;
        var (frames, strings) = (Number(batch, footer + 4), Number(batch, footer + 16));
        for (var frame = 0; frame < Number(batch, frames); frame++)
        {
            var at = frames + 4 + (frame * FrameLength);
            var handler = BinaryPrimitives.ReadInt64LittleEndian(batch.AsSpan(at + 12));
            if (Number(batch, at) == Attribute && handler > 0 && Text(batch, strings, Number(batch, at + 4)) == "onclick")
            {
                yield return (int)handler;
            }
        }
    }

    private static int Number(byte[] batch, int at) => BinaryPrimitives.ReadInt32LittleEndian(batch.AsSpan(at));

    private static string? Text(byte[] batch, int strings, int index)
    {
        if (index < 0)
        {
            return null;
        }

        var (at, length, shift) = (Number(batch, strings + (4 * index)), 0, 0);
        byte part;
        do
        {
            part = batch[at++];
            length |= (part & 0x7f) << shift;
            shift += 7;
        }
        while ((part & 0x80) != 0);
        return Encoding.UTF8.GetString(batch, at, length);
    }
}
