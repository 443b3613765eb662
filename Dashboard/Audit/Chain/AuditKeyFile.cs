using System.Security.Cryptography;
using Dashboard.Storage;

namespace Dashboard.Audit.Chain;

/// <summary>
/// The file with the secret of the chain. Where nobody named one it is made beside the database, once; it is never replaced.
/// </summary>
internal sealed class AuditKeyFile(ConsoleFiles files)
{
    private const int LeastBytes = 32;
    private const int MostBytes = 4096;

    private ChainKey? _key;

    public string Path { get; } = files.AuditKey
        ?? System.IO.Path.Combine(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(files.Database))!, "keys", "audit-key");

    public bool Exists => File.Exists(Path);

    /// <param name="mayMake">No row was ever written, so that none can be orphaned by a new key.</param>
    /// <exception cref="StoreException">There is none, or it cannot be used.</exception>
    public ChainKey Open(bool mayMake)
    {
        if (_key is not null)
        {
            return _key;
        }

        try
        {
            if (mayMake && files.AuditKey is null && !Exists)
            {
                Make();
            }

            return _key = Read();
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new StoreException(Missing(), error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StoreException(new(false, Unreadable(error)), error);
        }
    }

    private ChainKey Read()
    {
        var bytes = ReadBytes();
        var length = bytes.Length;
        // An editor's or echo's line feed is not part of a secret; a byte of a key just long enough is.
        while (length > LeastBytes && bytes[length - 1] is (byte)'\n' or (byte)'\r')
        {
            length--;
        }

        return length is >= LeastBytes and < MostBytes
            ? new(bytes[..length])
            : throw new StoreException(new(false, $"The audit key {Path} must hold {LeastBytes} to {MostBytes - 1} bytes; it holds "
                + $"{(length < LeastBytes ? "less" : "more")}. Make one with: openssl rand -base64 32"));
    }

    private byte[] ReadBytes()
    {
        using var file = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[MostBytes];
        return bytes[..file.ReadAtLeast(bytes, MostBytes, throwOnEndOfStream: false)];
    }

    private void Make()
    {
        PrivateFile.MakeFolder(System.IO.Path.GetDirectoryName(Path)!);
        PrivateFile.Replace(Path, Convert.ToBase64String(RandomNumberGenerator.GetBytes(LeastBytes)) + "\n");
    }

    private string Unreadable(Exception error) => Directory.Exists(Path)
        ? $"The audit key {Path} is a folder. Name a file with 32 bytes or more in Dashboard:AuditKeyFile."
        : error is UnauthorizedAccessException
            ? $"The audit key {Path} may not be read by the user the console runs as. Let that user own it."
            : $"The audit key {Path} cannot be read: {error.Message}";

    private StoreFailure Missing() => files.AuditKey is null
        ? new(true, $"The audit key {Path} is missing, and the rows of {files.Database} were written with it. Put it back from the "
            + $"backup and start the console again; a new key would not fit them.")
        : new(false, $"The audit key {Path} is missing. Dashboard:AuditKeyFile names it: put it there.");
}
