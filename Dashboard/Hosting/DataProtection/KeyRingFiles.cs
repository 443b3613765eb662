using System.Collections.Immutable;
using System.Xml.Linq;
using Dashboard.Configuration;
using Dashboard.Storage;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Dashboard.Hosting.DataProtection;

/// <summary>
/// Stores Data Protection keys as files that only their owner may read. Where that fails (a full disk, a folder that is not ours), keys are
/// kept in memory: pages open, and must be loaded again after a restart.
/// </summary>
internal sealed partial class KeyRingFiles(DataFolder folder, ILoggerFactory loggers) : IXmlRepository
{
    /// <summary>Maximum number of keys in memory. One is created every 90 days, or where the existing ones cannot be read.</summary>
    private const int MaxRemembered = 100;

    private readonly ILogger _logger = loggers.CreateLogger<KeyRingFiles>();
    private ImmutableList<XElement> _remembered = [];

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        try
        {
            return [.. Files().GetAllElements(), .. _remembered];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            LogUnusable(folder.Keys, error.Message);
            return _remembered;
        }
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        try
        {
            Files().StoreElement(element, friendlyName);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            LogUnusable(folder.Keys, error.Message);
            ImmutableInterlocked.Update(ref _remembered, keys => (keys.Count < MaxRemembered ? keys : keys.RemoveAt(0)).Add(element));
        }
    }

    private FileSystemXmlRepository Files()
    {
        // One folder at a time: the mode applies to the innermost one only.
        PrivateFile.MakeFolder(Path.GetDirectoryName(folder.Keys)!);
        var made = PrivateFile.MakeFolder(folder.Keys);
        PrivateFile.CloseFolder(made.FullName);
        return new(made, loggers);
    }

    [LoggerMessage(
        400, LogLevel.Warning,
        "Keys cannot be kept in {Folder}: {Why} They are kept in memory; open pages must be loaded again after a restart")]
    private partial void LogUnusable(string folder, string why);
}
