using Dashboard.Components.Instances;
using Dashboard.Instances.Purposes;

namespace Dashboard.Metrics;

/// <summary>Every number on a page is explained: what it is, and what good looks like.</summary>
public class MetricGuideTests
{
    [Fact]
    public void EveryMetric_HasItsSentence() => Assert.Equal(
        MetricCatalog.All.Select(metric => metric.Id).Order(StringComparer.Ordinal), MetricGuide.Ids.Order(StringComparer.Ordinal));

    [Fact]
    public void Sentences_AreWhole_AndSayMoreThanTheTitle() => Assert.All(MetricCatalog.All, metric =>
    {
        Assert.EndsWith(".", metric.Help, StringComparison.Ordinal);
        Assert.EndsWith(".", metric.Good, StringComparison.Ordinal);
        Assert.InRange(metric.Good.Length, 2, 160);
        Assert.NotEqual(metric.Help, metric.Good);
    });

    [Fact]
    public void FactsOfAnInstance_AreExplained() => Assert.All(
        Purpose.All.SelectMany(purpose => InstanceFacts.Of(Given.State(purpose, Given.Healthy("valkey-8.0.1", purpose)))),
        fact => Assert.EndsWith(".", fact.Help, StringComparison.Ordinal));

    [Fact]
    public void Charts_AreExplained() => Assert.All(
        Purpose.All.SelectMany(InstanceCharts.Of).SelectMany(group => group.Charts),
        chart => Assert.All((string?[])[chart.Help, chart.Good], text => Assert.EndsWith(".", text, StringComparison.Ordinal)));
}
