using Microsoft.Extensions.Options;

namespace Dashboard.Instances;

/// <summary>Stops the program at start when settings are wrong, with all faults at once.</summary>
internal sealed class DashboardOptionsValidator(IConfiguration configuration) : IValidateOptions<DashboardOptions>
{
    public ValidateOptionsResult Validate(string? name, DashboardOptions options)
    {
        var (_, faults) = SettingsReader.Read(options);
        UnknownSettings.Find(configuration.GetSection(DashboardOptions.Section), faults);
        return faults.Sentences.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults.Sentences);
    }
}
