using Dashboard.Instances.Purposes;
using Microsoft.Extensions.Options;

namespace Dashboard.Configuration;

/// <summary>Stops the program at start when settings are wrong, with all faults at once.</summary>
internal sealed class DashboardOptionsValidator(IConfiguration configuration, IEnumerable<Purpose> purposes)
    : IValidateOptions<DashboardOptions>
{
    public ValidateOptionsResult Validate(string? name, DashboardOptions options)
    {
        var (_, errors) = SettingsReader.Read(options, purposes);
        UnknownSettings.Find(configuration.GetSection(DashboardOptions.Section), errors);
        return errors.Sentences.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors.Sentences);
    }
}
