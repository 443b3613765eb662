using Dashboard.Instances.Purposes;

namespace Dashboard.Configuration;

/// <summary>Checks what is watched: an instance that cannot be read is an error.</summary>
internal sealed class MonitoringCheck(IEnumerable<Purpose> purposes) : OptionsCheck
{
    protected override void Check(DashboardOptions options, SettingErrors errors) => SettingsReader.Read(options, purposes, errors);
}
