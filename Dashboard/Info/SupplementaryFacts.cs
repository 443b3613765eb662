namespace Dashboard.Info;

/// <summary>
/// What INFO does not report and the console asks for less often; null where unknown, refused or not asked of this purpose. The texts are
/// safe to show.
/// </summary>
/// <param name="AppProcesses">Application processes attached: subscribers of <c>_action_cable_internal</c> (cable).</param>
/// <param name="IdentitiesOnline">Channels named <c>[prefix:]action_cable/*</c>: one per identity and cable (cable, each minute).</param>
/// <param name="IdentitiesSkipped">True when the channels were not counted because there are too many to list safely.</param>
/// <param name="Save">RDB save points, <c>CONFIG GET save</c>; empty means none.</param>
/// <param name="AppendFsync"><c>CONFIG GET appendfsync</c>.</param>
/// <param name="ConfigRefused">True when this user may not read the configuration: what depends on it is unverified.</param>
public sealed record SupplementaryFacts(
    long? AppProcesses = null, long? IdentitiesOnline = null, bool IdentitiesSkipped = false,
    string? Save = null, string? AppendFsync = null, bool ConfigRefused = false)
{
    public static SupplementaryFacts Unknown { get; } = new();
}
