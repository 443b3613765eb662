using System.Collections.Immutable;

namespace Dashboard.Info;

/// <summary>What is known about a server's version: faults of its line, and the licence.</summary>
/// <remarks>
/// Distributions fix faults without changing the version that a server reports (Debian's redis 7.0.15 carries the fixes). A note therefore
/// says what upstream did and where to check, and claims nothing about the package.
/// </remarks>
public static class ServerNotes
{
    /// <summary>The day the table below was last compared with the upstream projects' releases.</summary>
    public static readonly DateOnly AsOf = new(2026, 8, 31);

    /// <summary>
    /// By line, the release that fixed CVE-2025-49844 and its three companions: a script may run code outside its sandbox.
    /// </summary>
    private static readonly ImmutableArray<Line> ScriptFixes =
    [
        new(ServerFacts.Valkey, 7, 2, 11), new(ServerFacts.Valkey, 8, 0, 6), new(ServerFacts.Valkey, 8, 1, 4),
        new(ServerFacts.Redis, 6, 2, 20), new(ServerFacts.Redis, 7, 2, 11), new(ServerFacts.Redis, 7, 4, 6),
        new(ServerFacts.Redis, 8, 0, 4), new(ServerFacts.Redis, 8, 2, 2),
    ];

    /// <returns>Nothing for an unnamed server, a malformed version, and lines begun after the fixes.</returns>
    public static ImmutableArray<ServerNote> Of(ServerFacts server) =>
        VersionOf(server) is { } version
            ? [.. new[] { Security(server.Product, version), Licence(server.Product, version) }.OfType<ServerNote>()]
            : [];

    /// <returns>The licences to choose from, e.g. <c>RSALv2 or SSPLv1</c>; null where it is BSD or not known.</returns>
    public static string? LicencesOf(ServerFacts server) => VersionOf(server) is { } version ? Licences(server.Product, version) : null;

    private static Version? VersionOf(ServerFacts server) =>
        server.Product != ServerFacts.Unnamed && Version.TryParse(server.Version, out var version) && version.Build >= 0 ? version : null;

    private static ServerNote? Security(string product, Version version)
    {
        var lines = ScriptFixes.Where(line => line.Product == product).ToList();
        var line = lines.Find(line => (line.Major, line.Minor) == (version.Major, version.Minor));
        var package = $"Your package may contain the fixes: see its changelog (as of {AsOf:yyyy-MM-dd}).";
        return line is not null
            ? version.Build < line.Patch
                ? new(ServerNoteKind.Security, $"Upstream {product} {version} has faults in its script engine (CVE-2025-49844 and "
                    + $"others), fixed in {line}. {package}")
                : null
            : lines.Any(newer => (newer.Major, newer.Minor).CompareTo((version.Major, version.Minor)) > 0)
                ? new(ServerNoteKind.Unsupported, $"Upstream no longer fixes {product} {version.Major}.{version.Minor}, which has faults "
                    + $"in its script engine (CVE-2025-49844 and others). {package}")
                : null;
    }

    private static ServerNote? Licence(string product, Version version) => Licences(product, version) is { } licences
        ? new(ServerNoteKind.Licence, $"Redis {version.Major}.{version.Minor} is licensed under {licences}, not BSD as up to 7.2: check "
            + $"that this suits you. Valkey is BSD.")
        : null;

    /// <summary>Redis left the BSD licence with 7.4 and added the AGPL with 8.0.</summary>
    private static string? Licences(string product, Version version) =>
        product != ServerFacts.Redis || version < new Version(7, 4) ? null
        : version.Major >= 8 ? "RSALv2, SSPLv1 or AGPLv3"
        : "RSALv2 or SSPLv1";

    private sealed record Line(string Product, int Major, int Minor, int Patch)
    {
        public override string ToString() => $"{Major}.{Minor}.{Patch}";
    }
}
