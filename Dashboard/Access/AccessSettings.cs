using Dashboard.Access.Accounts;
using Dashboard.Access.Oidc;
using Dashboard.Configuration;

namespace Dashboard.Access;

/// <summary>How people come in, after the settings were found sound.</summary>
/// <param name="Provider">Null when people sign in here alone.</param>
internal sealed record AccessSettings(string OwnerName, string? OwnerPasswordFile, OidcSettings? Provider)
{
    private const string Section = DashboardOptions.Section;

    public static AccessSettings Read(DashboardOptions options, SettingErrors errors)
    {
        if (AccountNames.FaultOf(options.OwnerName) is { } unfit)
        {
            errors.Add($"{Section}:{nameof(DashboardOptions.OwnerName)}", unfit);
        }

        var ownerPasswordFile = string.IsNullOrWhiteSpace(options.OwnerPasswordFile) ? null : options.OwnerPasswordFile.Trim();
        return new(options.OwnerName, ownerPasswordFile, OidcSettingsReader.Read(options, errors));
    }
}
