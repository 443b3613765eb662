namespace Dashboard.Hosting.Edge;

/// <summary>The addresses where Kestrel will listen, from the settings that it reads itself.</summary>
internal static class ListenAddresses
{
    /// <summary>Kestrel's own endpoints; where there is one, <c>Urls</c> is ignored.</summary>
    public static IEnumerable<IConfigurationSection> Endpoints(IConfiguration configuration) =>
        configuration.GetSection("Kestrel:Endpoints").GetChildren();

    /// <summary>The addresses as in <c>Urls</c>, separated by <c>;</c>.</summary>
    public static string Addresses(IConfiguration configuration) =>
        Endpoints(configuration).Any() ? string.Join(';', Endpoints(configuration).Select(end => end["Url"]))
        : configuration[WebHostDefaults.ServerUrlsKey] is { Length: > 0 } urls ? urls
        : string.Join(';', [.. Ports(configuration, "http"), .. Ports(configuration, "https")]);

    /// <summary>The addresses of <c>HTTP_PORTS</c>, which container images set: every address of the machine.</summary>
    private static IEnumerable<string> Ports(IConfiguration configuration, string scheme) =>
        (configuration[$"{scheme}_ports"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(port => $"{scheme}://*:{port}");
}
