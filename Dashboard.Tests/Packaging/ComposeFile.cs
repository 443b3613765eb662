using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Dashboard.Packaging;

/// <summary>What the tests read of <c>compose.yaml</c>; anything else in it is allowed.</summary>
internal sealed class ComposeFile
{
    public Dictionary<string, Service> Services { get; set; } = [];

    public Dictionary<string, Secret> Secrets { get; set; } = [];

    public static ComposeFile Read() => new DeserializerBuilder()
        .WithNamingConvention(UnderscoredNamingConvention.Instance)
        .IgnoreUnmatchedProperties()
        .Build()
        .Deserialize<ComposeFile>(File.ReadAllText(Repository.PathOf("compose.yaml")));

    /// <summary>One server.</summary>
    internal sealed class Service
    {
        public string Image { get; set; } = "";

        public List<string> Command { get; set; } = [];

        public List<string> Ports { get; set; } = [];

        public List<string> Volumes { get; set; } = [];

        public List<string> Secrets { get; set; } = [];

        public HealthCheck Healthcheck { get; set; } = new();
    }

    /// <summary>How compose checks the health of a server.</summary>
    internal sealed class HealthCheck
    {
        public List<string> Test { get; set; } = [];
    }

    /// <summary>Where a password comes from.</summary>
    internal sealed class Secret
    {
        public string File { get; set; } = "";
    }
}
