using Dashboard.Storage;

namespace Dashboard.History;

/// <summary>
/// Makes one of several consoles that share a data folder the writer of history.db. The kernel frees the lock when that console ends,
/// however it ends.
/// </summary>
/// <remarks>
/// Each console polls every server. If all of them wrote, each second would be stored several times, and each restart of one of them
/// would be a gap in what the others recorded.
/// </remarks>
internal sealed class WriterLock(string path)
{
    /// <summary>The error code EWOULDBLOCK of Linux; on Windows the code of a sharing violation.</summary>
    private static readonly int[] HeldElsewhere = [11, unchecked((int)0x80070020)];

    private FileStream? _held;

    /// <returns>False while another console holds it.</returns>
    /// <exception cref="IOException">The file of the lock cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The file of the lock may not be made.</exception>
    public bool TryHold()
    {
        try
        {
            PrivateFile.MakeFolder(Path.GetDirectoryName(path)!);
            _held ??= PrivateFile.Open(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (IOException held) when (HeldElsewhere.Contains(held.HResult))
        {
            return false;
        }
    }

    public void Release()
    {
        _held?.Dispose();
        _held = null;
    }
}
