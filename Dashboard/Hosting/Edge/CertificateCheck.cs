using Dashboard.Configuration;

namespace Dashboard.Hosting.Edge;

/// <summary>Finds certificates that cannot be served. A command on the data folder serves nothing and needs none.</summary>
internal sealed class CertificateCheck(IConfiguration configuration, TimeProvider time) : OptionsCheck
{
    protected override void Check(DashboardOptions options, SettingErrors errors) =>
        CertificateFiles.Check(configuration, time.GetUtcNow(), errors);
}
