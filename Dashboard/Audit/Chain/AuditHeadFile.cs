using System.Globalization;
using System.Security.Cryptography;
using Dashboard.Storage;

namespace Dashboard.Audit.Chain;

/// <summary>
/// The newest row's number and hash in a file of its own, sealed: rows cut off the log's end are missed by it. It never goes back.
/// </summary>
/// <remarks>One line: <c>1 120 9f86d0… 5e8848…</c>, that is version, sequence, hash and seal.</remarks>
internal sealed class AuditHeadFile(ConsoleFiles files, TimeProvider time) : IDisposable
{
    private const string Version = "1";
    private const int MostBytes = 512;
    private const int Tries = 100;

    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(5);

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
            return new AuditHeadReading.Unreadable(Trouble("read", error));
        }
    }

    /// <summary>Begins it before the first row is there: from then on a missing one tells that it was taken away.</summary>
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
            throw new StoreException(new(false, Trouble("written", error)), error);
        }
    }

    /// <summary>Moves it on to <paramref name="head"/>; where it is further already, it stays.</summary>
    /// <param name="anew">Also where it is missing or forged, which else waits for an owner's word.</param>
    /// <returns>Why it could not be written; null when it was, or another console is at it.</returns>
    public async Task<string?> RaiseAsync(ChainKey key, AuditHead head, bool anew = false)
    {
        await _gate.WaitAsync();
        try
        {
            // Another console may do the same at this moment: without the lock, the lower of two heads could be the last one written.
            using var turn = await TakeTurnAsync();
            return turn is null ? null : Raise(key, head, anew);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Trouble("written", error);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Lets a write that is under way end; the gate itself holds nothing.</summary>
    public void Dispose()
    {
        if (_gate.Wait(TimeSpan.FromSeconds(1)))
        {
            _gate.Release();
        }
    }

    private string Trouble(string what, Exception error) => Directory.Exists(Path)
        ? $"The audit head file {Path} is a folder. Name a file in Dashboard:AuditHeadFile."
        : error is UnauthorizedAccessException
            ? $"The audit head file {Path} may not be {what} by the user the console runs as. Let that user own it and its folder."
            : $"The audit head file {Path} cannot be {what}: {error.Message}";

    private string? Raise(ChainKey key, AuditHead head, bool anew)
    {
        var before = Read(key);
        if (before is AuditHeadReading.Unreadable unreadable)
        {
            return unreadable.Why;
        }

        if (before.Known is { } known ? known.Sequence < head.Sequence : anew)
        {
            Write(key, head);
        }

        return null;
    }

    /// <returns>Null when others held it all the time: they move the head on, and so does the next row.</returns>
    private async Task<FileStream?> TakeTurnAsync()
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            try
            {
                return OpenLock();
            }
            catch (IOException busy) when (busy.HResult == WouldBlock && attempt < Tries - 1)
            {
                await Task.Delay(BetweenTries, time);
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
        var text = new char[MostBytes];
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
