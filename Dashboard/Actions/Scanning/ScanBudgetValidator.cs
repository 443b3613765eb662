using Dashboard.Configuration;
using Microsoft.Extensions.Options;

namespace Dashboard.Actions.Scanning;

/// <summary>Adds the faults of the pacing to those the program does not start with.</summary>
internal sealed class ScanBudgetValidator : IValidateOptions<DashboardOptions>
{
    public ValidateOptionsResult Validate(string? name, DashboardOptions options)
    {
        var errors = new SettingErrors();
        ScanBudget.Read(options, errors);
        return errors.Sentences.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors.Sentences);
    }
}
