namespace Dashboard.Configuration;

/// <summary>Finds names in the section <c>Dashboard</c> that are not settings.</summary>
internal sealed class UnknownSettingsCheck(IConfiguration configuration) : OptionsCheck
{
    protected override void Check(DashboardOptions options, SettingErrors errors) =>
        UnknownSettings.Find(configuration.GetSection(DashboardOptions.Section), errors);
}
