using System.Text.Json;

namespace Dashboard.KeptFiles;

/// <summary>What the tests know about a set besides its databases: <c>known.json</c>.</summary>
/// <remarks>Every secret in it is throwaway and opens nothing but copies of the set.</remarks>
internal sealed record KnownFacts
{
    public const string FileName = "known.json";

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { WriteIndented = true, NewLine = "\n" };

    /// <summary>The console's clock when the set was copied.</summary>
    public required DateTimeOffset Made { get; init; }

    /// <summary>Purposes of the instances that were watched, by instance id.</summary>
    public required IReadOnlyDictionary<string, string> Instances { get; init; }

    /// <summary>The password of the account <c>owner</c>, the only one that is known.</summary>
    public required string OwnerPassword { get; init; }

    /// <summary>The authenticator key of the account <c>factor-1</c>, in base 32.</summary>
    public required string AuthenticatorKey { get; init; }

    /// <summary>An unused recovery code of the same account.</summary>
    public required string RecoveryCode { get; init; }

    /// <summary>Values of session cookies, by account; <c>signed-out</c> is one that was signed out of.</summary>
    public required IReadOnlyDictionary<string, string> Sessions { get; init; }

    /// <summary>Machine tokens, by name.</summary>
    public required IReadOnlyDictionary<string, string> Tokens { get; init; }

    /// <summary>Secrets of one-time links, by account.</summary>
    public required IReadOnlyDictionary<string, string> Links { get; init; }

    public static KnownFacts Read(string folder) =>
        JsonSerializer.Deserialize<KnownFacts>(File.ReadAllText(Path.Combine(folder, FileName)), Format)!;

    public void Write(string folder) => File.WriteAllText(Path.Combine(folder, FileName), JsonSerializer.Serialize(this, Format) + "\n");
}
