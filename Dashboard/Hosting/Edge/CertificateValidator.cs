using Dashboard.Configuration;
using Microsoft.Extensions.Options;

namespace Dashboard.Hosting.Edge;

/// <summary>Adds the faults of the certificate to those the program does not start with. A command serves nothing and needs none.</summary>
internal sealed class CertificateValidator(IConfiguration configuration, TimeProvider time) : IValidateOptions<DashboardOptions>
{
    public ValidateOptionsResult Validate(string? name, DashboardOptions options)
    {
        var errors = new SettingErrors();
        CertificateFiles.Check(configuration, time.GetUtcNow(), errors);
        return errors.Sentences.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors.Sentences);
    }
}
