using Dashboard.Instances;

namespace Dashboard.Access;

/// <summary>How people come in, after the settings were found sound.</summary>
internal sealed record AccessSettings(string OwnerName, string? OwnerPasswordFile)
{
    private const string Section = DashboardOptions.Section;

    public static AccessSettings Read(DashboardOptions options, SettingFaults faults)
    {
        if (!AccountNames.AreFit(options.OwnerName))
        {
            faults.Add($"{Section}:{nameof(DashboardOptions.OwnerName)}", $"cannot be a name: use {AccountNames.Rule}.");
        }

        return new(options.OwnerName, string.IsNullOrWhiteSpace(options.OwnerPasswordFile) ? null : options.OwnerPasswordFile.Trim());
    }
}
