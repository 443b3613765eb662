using Dashboard.Configuration;
using Microsoft.Extensions.Options;

namespace Dashboard.Access;

/// <summary>Adds the faults of how people come in to those the program does not start with.</summary>
internal sealed class AccessSettingsValidator : IValidateOptions<DashboardOptions>
{
    public ValidateOptionsResult Validate(string? name, DashboardOptions options)
    {
        var errors = new SettingErrors();
        AccessSettings.Read(options, errors);
        return errors.Sentences.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors.Sentences);
    }
}
