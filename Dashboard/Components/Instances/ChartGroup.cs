using Dashboard.Components.Charts;

namespace Dashboard.Components.Instances;

/// <summary>Charts that belong together on an instance's page.</summary>
internal sealed record ChartGroup(string Title, IReadOnlyList<ChartSpec> Charts);
