using Dashboard.Access.Oidc;
using Dashboard.Instances;

namespace Dashboard.Access;

/// <summary>How people come in, after the settings were found sound.</summary>
/// <param name="Provider">Null when people sign in here alone.</param>
internal sealed record AccessSettings(string OwnerName, string? OwnerPasswordFile, ProviderSettings? Provider)
{
    private const string Section = DashboardOptions.Section;

    public static AccessSettings Read(DashboardOptions options, SettingFaults faults)
    {
        if (!AccountNames.AreFit(options.OwnerName))
        {
            faults.Add($"{Section}:{nameof(DashboardOptions.OwnerName)}", $"cannot be a name: use {AccountNames.Rule}.");
        }

        var ownerPasswordFile = string.IsNullOrWhiteSpace(options.OwnerPasswordFile) ? null : options.OwnerPasswordFile.Trim();
        return new(options.OwnerName, ownerPasswordFile, ProviderSettingsReader.Read(options, faults));
    }
}
