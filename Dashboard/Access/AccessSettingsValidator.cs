using Dashboard.Instances;
using Microsoft.Extensions.Options;

namespace Dashboard.Access;

/// <summary>Adds the faults of how people come in to those the program does not start with.</summary>
internal sealed class AccessSettingsValidator : IValidateOptions<DashboardOptions>
{
    public ValidateOptionsResult Validate(string? name, DashboardOptions options)
    {
        var faults = new SettingFaults();
        AccessSettings.Read(options, faults);
        return faults.Sentences.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults.Sentences);
    }
}
