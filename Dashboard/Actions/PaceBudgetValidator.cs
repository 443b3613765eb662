using Dashboard.Configuration;
using Microsoft.Extensions.Options;

namespace Dashboard.Actions;

/// <summary>Adds the faults of the pacing to those the program does not start with.</summary>
internal sealed class PaceBudgetValidator : IValidateOptions<DashboardOptions>
{
    public ValidateOptionsResult Validate(string? name, DashboardOptions options)
    {
        var errors = new SettingErrors();
        PaceBudget.Read(options, errors);
        return errors.Sentences.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors.Sentences);
    }
}
