using Dashboard.Instances;
using Microsoft.Extensions.Options;

namespace Dashboard.Edge;

/// <summary>Adds the edge's faults to those the program does not start with.</summary>
internal sealed class EdgeSettingsValidator(IConfiguration configuration) : IValidateOptions<DashboardOptions>
{
    public ValidateOptionsResult Validate(string? name, DashboardOptions options)
    {
        var faults = new SettingFaults();
        EdgeSettings.Read(options, configuration, faults);
        return faults.Sentences.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults.Sentences);
    }
}
