using System.Security.Cryptography;
using Dashboard.Storage;

namespace Dashboard.Audit.Chain;

/// <summary>
/// The file with the secret of the chain. Where the settings name none, it is made once beside the database; it is never replaced.
/// </summary>
internal sealed class AuditKeyFile(ConsoleFiles files)
{
    private const int MinBytes = 32;
    private const int MaxBytes = 4096;

    private ChainKey? _key;

    public string Path { get; } = files.AuditKey
        ?? System.IO.Path.Combine(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(files.Database))!, "keys", "audit-key");

    public bool Exists => File.Exists(Path);

    /// <param name="mayMake">No row was ever written, so a new key makes no row unverifiable.</param>
    /// <exception cref="StoreException">The file is missing or cannot be used.</exception>
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
        // The line feed of an editor or of echo is not part of the secret; a byte of a key of the minimum length is.
        while (length > MinBytes && bytes[length - 1] is (byte)'\n' or (byte)'\r')
        {
            length--;
        }

        return length is >= MinBytes and < MaxBytes
            ? new(bytes[..length])
            : throw new StoreException(new(false, $"The audit key {Path} must hold {MinBytes} to {MaxBytes - 1} bytes; it holds "
                + $"{(length < MinBytes ? "fewer" : "more")}. Create one with: openssl rand -base64 32"));
    }

    private byte[] ReadBytes()
    {
        using var file = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[MaxBytes];
        return bytes[..file.ReadAtLeast(bytes, MaxBytes, throwOnEndOfStream: false)];
    }

    private void Make()
    {
        PrivateFile.MakeFolder(System.IO.Path.GetDirectoryName(Path)!);
        PrivateFile.Replace(Path, Convert.ToBase64String(RandomNumberGenerator.GetBytes(MinBytes)) + "\n");
    }

    private string Unreadable(Exception error) => Directory.Exists(Path)
        ? $"The audit key {Path} is a folder. Name a file with 32 bytes or more in Dashboard:AuditKeyFile."
        : error is UnauthorizedAccessException
            ? $"The audit key {Path} is not readable by the user the console runs as. Let that user own it."
            : $"The audit key {Path} cannot be read: {error.Message}";

    private StoreFailure Missing() => files.AuditKey is null
        ? new(true, $"The audit key {Path} is missing, and the rows of {files.Database} were written with it. Restore it from the backup "
            + "and start the console again; a new key cannot verify them.")
        : new(false, $"The audit key {Path} is missing. Put it where Dashboard:AuditKeyFile says.");
}
