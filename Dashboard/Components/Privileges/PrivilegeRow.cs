using System.Globalization;
using Dashboard.Instances;
using Dashboard.Valkey;
using Dashboard.Valkey.Permissions;

namespace Dashboard.Components.Privileges;

/// <summary>
/// One connection of an instance in the table of privileges. Two rows are the same where the connection and its verdict are the same: a row
/// that a person closed stays closed until the verdict changes.
/// </summary>
public sealed record PrivilegeRow
{
    /// <param name="report">The report; null while the first check runs.</param>
    /// <param name="patterns">The settings' patterns of keys; null for the defaults.</param>
    internal PrivilegeRow(Instance instance, ConnectionRole role, PrivilegeReport? report, KeyPatterns? patterns = null) =>
        (Instance, Role, Report, Verdict) = (instance, role, report, PrivilegeVerdict.Of(instance, role, report, patterns));

    public Instance Instance { get; }

    public ConnectionRole Role { get; }

    public PrivilegeReport? Report { get; }

    internal PrivilegeVerdict Verdict { get; }

    public string Connection => Role switch
    {
        ConnectionRole.Watch => "Watching",
        ConnectionRole.Act => "Acting",
        _ => "Backplane",
    };

    /// <summary>E.g. <c>cable: Watching</c>.</summary>
    public string Name => $"{Instance.Id}: {Connection}";

    /// <summary>The user of the settings.</summary>
    public string SignsInAs => Instance.For(Role).User ?? "the default user";

    /// <summary>The user that the server reports.</summary>
    public string Reported => (Report as PrivilegeReport.Verified)?.User ?? "–";

    /// <summary>The number of grants that the user lacks; <c>–</c> where it is not known.</summary>
    public string Missing => Report is PrivilegeReport.Verified || Verdict.Missing.Count > 0 ? Text(Verdict.Missing.Count) : "–";

    /// <summary>The number of dangerous commands that the user may run without need; <c>–</c> where it is not known.</summary>
    public string Excess => Report switch
    {
        PrivilegeReport.Verified { Everything: true } => "everything",
        PrivilegeReport.Verified => Text(Verdict.Excess.Count),
        _ => "–",
    };

    public bool IsShared => Instance.For(ConnectionRole.Watch) == Instance.For(ConnectionRole.Act);

    /// <summary>Whether a person can do something about it.</summary>
    public bool HasRemedy => Report is PrivilegeReport.Failed || Verdict.Remedies.Count > 0;

    /// <summary>The place in the table, lowest first: what is wrong, what is not known, and the rest.</summary>
    public int Rank => (Report, Verdict.Level) switch
    {
        (not null, "warn") => 0,
        (not null, "unknown") => 1,
        _ => 2,
    };

    /// <summary>The connections of some instances: what is not right comes first, the rest in the order given.</summary>
    /// <param name="reports">What is known of a connection; null while its first check runs.</param>
    /// <param name="patterns">The settings' patterns of keys; null for the defaults.</param>
    internal static IReadOnlyList<PrivilegeRow> Of(
        IEnumerable<Instance> instances, Func<InstanceId, ConnectionRole, PrivilegeReport?> reports, KeyPatterns? patterns = null) =>
    [
        .. instances
            .SelectMany(instance => instance.Roles
                .Select(role => new PrivilegeRow(instance, role, reports(instance.Id, role), patterns)))
            .OrderBy(row => row.Rank),
    ];

    public bool Equals(PrivilegeRow? other) =>
        (other?.Instance.Id, other?.Role, other?.Verdict.Chip) == (Instance.Id, Role, Verdict.Chip);

    public override int GetHashCode() => HashCode.Combine(Instance.Id, Role, Verdict.Chip);

    private static string Text(int count) => count.ToString(CultureInfo.InvariantCulture);
}
