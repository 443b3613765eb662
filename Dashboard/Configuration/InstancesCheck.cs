namespace Dashboard.Configuration;

/// <summary>Finds a console that watches nothing, which is a mistake. A command at the data folder needs no server to be named.</summary>
internal sealed class InstancesCheck : OptionsCheck
{
    private const string Root = DashboardOptions.Section;

    protected override void Check(DashboardOptions options, SettingErrors errors)
    {
        if (options.Instances.Count == 0)
        {
            errors.Add(
                $"{Root}:Instances",
                $"names no instance. Set {Root}:Instances:cache:Url to redis://host:6379 (and cable, session), or run ./demo to see the "
                    + $"console with three local servers.");
        }
    }
}
