using Dashboard.Configuration;
using Microsoft.Extensions.Options;

namespace Dashboard.Hosting.Edge;

/// <summary>Adds the edge's faults to those the program does not start with.</summary>
internal sealed class EdgeSettingsValidator(IConfiguration configuration) : IValidateOptions<DashboardOptions>
{
    public ValidateOptionsResult Validate(string? name, DashboardOptions options)
    {
        var errors = new SettingErrors();
        EdgeSettings.Read(options, configuration, errors);
        return errors.Sentences.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors.Sentences);
    }
}
