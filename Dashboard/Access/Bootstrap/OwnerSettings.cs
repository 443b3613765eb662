using Dashboard.Access.Accounts;
using Dashboard.Configuration;

namespace Dashboard.Access.Bootstrap;

/// <summary>Names the first owner.</summary>
/// <param name="Name">The name of the account that is made while there is no owner.</param>
/// <param name="PasswordFile">The file with its password; null where an invitation link is shown instead.</param>
internal sealed record OwnerSettings(string Name, string? PasswordFile) : ISettings<OwnerSettings>
{
    private const string Section = DashboardOptions.Section;

    public static OwnerSettings Read(DashboardOptions options, IConfiguration configuration, SettingErrors errors)
    {
        if (AccountNames.FaultOf(options.OwnerName) is { } invalid)
        {
            errors.Add($"{Section}:{nameof(DashboardOptions.OwnerName)}", invalid);
        }

        return new(options.OwnerName, string.IsNullOrWhiteSpace(options.OwnerPasswordFile) ? null : options.OwnerPasswordFile.Trim());
    }
}
