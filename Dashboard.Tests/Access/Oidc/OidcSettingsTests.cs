using Dashboard.Configuration;
using Dashboard.Packaging;
using Dashboard.Servers;
using Microsoft.Extensions.Configuration;

namespace Dashboard.Access.Oidc;

/// <summary>The provider's settings are read from the keys a person writes. Each fault names its remedy and repeats no secret.</summary>
public sealed class OidcSettingsTests : IDisposable
{
    private const string Misplaced = "hunter2";

    private readonly TestFolder _folder = new();

    public OidcSettingsTests() => File.WriteAllText(_folder.File("secret"), "client secret\n");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void NoSettings_MeanNoProvider_AndNoFault()
    {
        Assert.Null(Read(out var faults));
        Assert.Empty(faults);
        Assert.Null(Read(out faults, ("Authority", " "), ("NameClaim", "email"), ("Roles", "")));
        Assert.Empty(faults);
    }

    [Fact]
    public void RequiredSettings_AreEnough()
    {
        var settings = Read(out var faults, Required)!;

        Assert.Empty(faults);
        Assert.Equal(("https://id.example/realms/ops", "id.example", "dashboard"), (settings.Authority, settings.Name, settings.ClientId));
        Assert.Equal(
            ("preferred_username", "groups", TimeSpan.FromSeconds(10)), (settings.NameClaim, settings.RolesClaim, settings.Timeout));
        Assert.Equal(["openid", "profile"], settings.Scopes);
    }

    [Fact]
    public void AllSettings_AreRead()
    {
        var settings =
            Read(out var faults, [.. Required, ("Name", "Our Sign-In"), ("NameClaim", "email"), ("RolesClaim", "roles"), ("Scopes", "email "
                + "groups openid"), ("Timeout", "3s")])!;

        Assert.Empty(faults);
        Assert.Equal(
            ("Our Sign-In", "email", "roles", TimeSpan.FromSeconds(3)),
            (settings.Name, settings.NameClaim, settings.RolesClaim, settings.Timeout));
        Assert.Equal(["openid", "profile", "email", "groups"], settings.Scopes);
    }

    [Theory]
    [InlineData("Authority", null, "Write the provider's issuer")]
    [InlineData("Authority", "id.example", "Write the provider's issuer")]
    [InlineData("Authority", "ftp://id.example", "Write the provider's issuer")]
    [InlineData("Authority", "https://hunter2.example@id.example", "Write the provider's issuer")]
    [InlineData("Authority", "https://id.example?x=hunter2", "Write the provider's issuer")]
    [InlineData("Authority", "http://id.example", "Write its https address")]
    [InlineData("ClientId", null, "Write this console's client id at the provider")]
    [InlineData("ClientId", "two words", "Write this console's client id at the provider")]
    [InlineData("ClientSecretFile", null, "Name a file (mode 0600) with the client secret")]
    [InlineData("ClientSecretFile", "hunter2", "names a file that does not exist")] // the secret itself, in the wrong place
    [InlineData("ClientSecretFile", "/", "is not readable by the console, or is a folder")]
    [InlineData("ClientSecret", "hunter2", "is not a setting. Known here: Authority,")]
    [InlineData("Name", "<b>", "Write 1 to 40 letters")]
    [InlineData("Name", "a name that is far too long to stand on any button", "Write 1 to 40 letters")]
    [InlineData("NameClaim", " ", "Write preferred_username")]
    [InlineData("RolesClaim", "a b", "Write groups or roles")]
    [InlineData("Roles", null, "is missing: no one could sign in")]
    [InlineData("Roles", " ; ", "is missing: no one could sign in")]
    [InlineData("Roles", "ops", "has an entry without '='")]
    [InlineData("Roles", "= viewer", "without a value before it")]
    [InlineData("Roles", "ops = ", "gives 'ops' no role")]
    [InlineData("Roles", "ops = boss", "the role 'boss', which does not exist. The roles are viewer, operator")]
    [InlineData("Roles", "ops = owner@cache", "the role 'owner@cache', which does not exist")]
    [InlineData("Roles", "ops = flush-admin@cach", "there is no such instance. Known here: cache")]
    [InlineData("Roles", "ops = viewer; ops = owner", "names 'ops' twice")]
    [InlineData("Roles:ops", "owner", "has settings below it, but takes a single value")]
    [InlineData("Timeout", "0s", "from 1s to 30s")]
    [InlineData("Timeout", "soon", "from 1s to 30s")]
    public void WrongSetting_NamesKeyAndRemedy_AndRepeatsNoSecret(string key, string? value, string remedy)
    {
        var settings = Read(out var faults, [.. Required.Where(setting => setting.Key != key), (key, value)]);

        var fault = Assert.Single(faults);
        Assert.StartsWith($"Dashboard:Oidc:{key.Replace(":ops", "", StringComparison.Ordinal)}: ", fault, StringComparison.Ordinal);
        Assert.Contains(remedy, fault, StringComparison.Ordinal);
        Assert.Matches("[.]$", fault);
        Assert.DoesNotContain(Misplaced, fault, StringComparison.Ordinal);
        Assert.True(settings is null || key is "ClientSecret" or "Roles:ops");
    }

    [Theory]
    [InlineData("http://127.0.0.1:8080")]
    [InlineData("http://localhost:8080/realms/ops/")]
    [InlineData("https://id.example/")]
    public void PlainHttp_IsAllowedOnThisMachineOnly(string authority)
    {
        var settings = Read(out var faults, [.. Required.Where(setting => setting.Key != "Authority"), ("Authority", authority)]);

        Assert.Empty(faults);
        Assert.Equal(authority.TrimEnd('/'), settings?.Authority);
    }

    [Fact]
    public void EmptySecretFile_IsAFault()
    {
        File.WriteAllText(_folder.File("secret"), "\n");

        Read(out var faults, Required);

        Assert.Contains("names a file that is empty", Assert.Single(faults), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "ops")] // values are compared exactly
    [InlineData("", "")]
    [InlineData("viewer", "/Ops", "unknown")]
    [InlineData("flush-admin@cache, operator, viewer", "a=b", "/Ops")]
    public void RoleMap_CombinesTheRolesOfAllValues(string grants, params string[] values)
    {
        var map = RoleMap.Parse("/Ops = viewer; a=b = operator , flush-admin@cache", ["cache"], out var fault);

        Assert.Null(fault);
        Assert.Equal(grants, map.Of(values).ToString());
    }

    [Fact]
    public async Task IncompleteProvider_KeepsTheProgramFromStarting()
    {
        var program =
            Repository.PathOf("Dashboard", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", "Dashboard.dll");

        var outcome = await Shell.RunAsync(
            ["dotnet", program, "--urls", "http://127.0.0.1:0", "--Dashboard:Instances:cache:Url", "redis://127.0.0.1:1",
                "--Dashboard:Oidc:Authority", "https://id.example"],
            new Dictionary<string, string> { ["DOTNET_ENVIRONMENT"] = "Production" });

        Assert.Equal(StartupValidation.WrongSettings, outcome.ExitCode);
        Assert.Equal(
            ["Dashboard:Oidc:ClientId", "Dashboard:Oidc:ClientSecretFile", "Dashboard:Oidc:Roles"],
            outcome.Error.Split('\n').Where(line => line.StartsWith("  - ", StringComparison.Ordinal)).Select(line => line[4..].Split(": "
                + "")[0]).Order(StringComparer.Ordinal));
    }

    private (string Key, string? Value)[] Required =>
    [
        ("Authority", "https://id.example/realms/ops/"), ("ClientId", "dashboard"), ("ClientSecretFile", _folder.File("secret")),
        ("Roles", "ops = operator; leads = owner"),
    ];

    private static OidcSettings? Read(out IReadOnlyList<string> sentences, params (string Key, string? Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            [.. settings.Select(setting => KeyValuePair.Create($"Dashboard:Oidc:{setting.Key}", setting.Value)),
                KeyValuePair.Create<string, string?>("Dashboard:Instances:cache:Url", "redis://h")]).Build();
        var errors = new SettingErrors();
        UnknownSettings.Find(configuration.GetSection("Dashboard"), errors);
        var read = OidcAvailability.Read(configuration.GetSection("Dashboard").Get<DashboardOptions>()!, configuration, errors).Provider;
        sentences = errors.Sentences;
        return read;
    }
}
