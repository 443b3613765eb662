namespace Dashboard.Hosting.Edge;

/// <summary>Where Kestrel will listen, from the settings it reads itself.</summary>
internal static class ListenAddresses
{
    /// <summary>Kestrel's own endpoints; where there is one, <c>Urls</c> is not heard.</summary>
    public static IEnumerable<IConfigurationSection> Endpoints(IConfiguration configuration) =>
        configuration.GetSection("Kestrel:Endpoints").GetChildren();

    /// <summary>As in <c>Urls</c>, <c>;</c> between them.</summary>
    public static string Addresses(IConfiguration configuration) =>
        Endpoints(configuration).Any() ? string.Join(';', Endpoints(configuration).Select(end => end["Url"]))
        : configuration[WebHostDefaults.ServerUrlsKey] is { Length: > 0 } urls ? urls
        : string.Join(';', [.. Ports(configuration, "http"), .. Ports(configuration, "https")]);

    /// <summary>Container images say <c>HTTP_PORTS</c> instead: every address of the machine.</summary>
    private static IEnumerable<string> Ports(IConfiguration configuration, string scheme) =>
        (configuration[$"{scheme}_ports"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(port => $"{scheme}://*:{port}");
}
