using System.Data.Common;
using Dashboard.Instances;
using Dashboard.Storage;

namespace Dashboard.Actions;

/// <summary>What an action leaves behind after its runs are over. An action that leaves nothing behind has none.</summary>
internal interface IActionAftermath
{
    /// <summary>
    /// What is still open on an instance, oldest first. While something is open, the instance's runs are read more often.
    /// </summary>
    /// <exception cref="StoreException">It cannot be read.</exception>
    Task<IReadOnlyList<AftermathItem>> OpenAsync(InstanceId instance, CancellationToken cancel);

    /// <summary>
    /// Runs of all instances that open items still need. They are not removed, and neither are runs that are narrowed to one of them.
    /// </summary>
    IReadOnlyCollection<Guid> RunsInUse(DbConnection connection);
}
