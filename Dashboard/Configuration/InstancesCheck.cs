namespace Dashboard.Configuration;

/// <summary>Rejects settings that name no instance. A command on the data folder needs none.</summary>
internal sealed class InstancesCheck : OptionsCheck
{
    private const string Root = DashboardOptions.Section;

    protected override void Check(DashboardOptions options, SettingErrors errors)
    {
        if (options.Instances.Count == 0)
        {
            errors.Add(
                $"{Root}:Instances",
                $"names no instance. Set {Root}:Instances:cache:Url to redis://host:6379 (likewise for cable and session), or run ./demo "
                    + "to see the console with three local servers.");
        }
    }
}
