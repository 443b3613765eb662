using System.Globalization;
using System.Security.Cryptography;
using Dashboard.Storage;

namespace Dashboard.Audit.Chain;

/// <summary>
/// The number and hash of the newest row in a file of its own, sealed: it reveals that rows were cut off the end of the log. Its number
/// never decreases.
/// </summary>
/// <remarks>It has one line, <c>1 120 9f86d0… 5e8848…</c>: version, sequence, hash and seal.</remarks>
internal sealed class AuditHeadFile(ConsoleFiles files, TimeProvider time) : IDisposable
{
    private const string Version = "1";
    private const int MaxBytes = 512;
    private const int Attempts = 100;

    private static readonly TimeSpan AttemptInterval = TimeSpan.FromMilliseconds(5);

    private readonly SemaphoreSlim _gate = new(1);

    public string Path { get; } = System.IO.Path.GetFullPath(files.AuditHead);

    public bool Exists => File.Exists(Path);

    public AuditHeadReading Read(ChainKey key)
    {
        try
        {
            return Parse(ReadText(), key) is { } head ? new AuditHeadReading.Read(head) : new AuditHeadReading.Forged();
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return new AuditHeadReading.Missing();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new AuditHeadReading.Unreadable(FailureText("read", error));
        }
    }

    /// <summary>Begins the file before there is a row: from then on, a missing file shows that it was removed.</summary>
    /// <exception cref="StoreException">It cannot be written.</exception>
    public void Begin(ChainKey key)
    {
        try
        {
            PrivateFile.MakeFolder(System.IO.Path.GetDirectoryName(Path)!);
            Write(key, AuditHead.None);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StoreException(new(false, FailureText("written", error)), error);
        }
    }

    /// <summary>Updates the file to <paramref name="head"/>; a file with a newer head stays as it is.</summary>
    /// <param name="replaceInvalid">Writes the file also where it is missing or forged, which otherwise waits for an owner's
    /// acknowledgement.</param>
    /// <returns>Why it could not be written; null when it was, or when another console is writing it.</returns>
    public async Task<string?> RaiseAsync(ChainKey key, AuditHead head, bool replaceInvalid = false)
    {
        await _gate.WaitAsync();
        try
        {
            // Another console may write at the same moment: without the lock, the lower of two heads could be written last.
            using var heldLock = await AcquireLockAsync();
            return heldLock is null ? null : Raise(key, head, replaceInvalid);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return FailureText("written", error);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Lets a write in progress end; the gate itself needs no disposal.</summary>
    public void Dispose()
    {
        if (_gate.Wait(TimeSpan.FromSeconds(1)))
        {
            _gate.Release();
        }
    }

    private string FailureText(string what, Exception error) => Directory.Exists(Path)
        ? $"The audit head file {Path} is a folder. Name a file in Dashboard:AuditHeadFile."
        : error is UnauthorizedAccessException
            ? $"The audit head file {Path} cannot be {what} by the user the console runs as. Let that user own it and its folder."
            : $"The audit head file {Path} cannot be {what}: {error.Message}";

    private string? Raise(ChainKey key, AuditHead head, bool replaceInvalid)
    {
        var before = Read(key);
        if (before is AuditHeadReading.Unreadable unreadable)
        {
            return unreadable.Why;
        }

        if (before.Known is { } known ? known.Sequence < head.Sequence : replaceInvalid)
        {
            Write(key, head);
        }

        return null;
    }

    /// <returns>Null when others held the lock all the time: they update the head, and so does the next row.</returns>
    private async Task<FileStream?> AcquireLockAsync()
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            try
            {
                return OpenLock();
            }
            catch (IOException busy) when (busy.HResult == WouldBlock && attempt < Attempts - 1)
            {
                await Task.Delay(AttemptInterval, time);
            }
            catch (IOException busy) when (busy.HResult == WouldBlock)
            {
                return null;
            }
        }

        return null;
    }

    private FileStream OpenLock() => PrivateFile.Open(Path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

    /// <summary>EWOULDBLOCK of flock; a sharing violation on Windows.</summary>
    private static int WouldBlock => OperatingSystem.IsWindows() ? unchecked((int)0x80070020) : OperatingSystem.IsMacOS() ? 35 : 11;

    private void Write(ChainKey key, AuditHead head) => PrivateFile.Replace(Path, string.Create(
        CultureInfo.InvariantCulture,
        $"{Version} {head.Sequence} {Convert.ToHexStringLower(head.Hash)} {Convert.ToHexStringLower(key.Seal(head))}\n"));

    private string ReadText()
    {
        using var reader = new StreamReader(new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        var text = new char[MaxBytes];
        return new string(text, 0, reader.ReadBlock(text, 0, text.Length)).TrimEnd();
    }

    private static AuditHead? Parse(string text, ChainKey key)
    {
        Span<byte> hash = stackalloc byte[ChainKey.HashBytes];
        Span<byte> seal = stackalloc byte[ChainKey.HashBytes];
        if (text.Split(' ') is not [Version, var number, { Length: 2 * ChainKey.HashBytes } first,
            { Length: 2 * ChainKey.HashBytes } second]
            || !long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            || Convert.FromHexString(first, hash, out _, out _) != System.Buffers.OperationStatus.Done
            || Convert.FromHexString(second, seal, out _, out _) != System.Buffers.OperationStatus.Done)
        {
            return null;
        }

        var head = new AuditHead(sequence, hash.ToArray());
        return CryptographicOperations.FixedTimeEquals(seal, key.Seal(head)) ? head : null;
    }
}
