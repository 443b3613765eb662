using Bunit;

namespace Dashboard.Components.Charts;

public sealed class SparklineTests : BunitContext
{
    [Fact]
    public void Sparkline_OfValues_DrawsLineAndAreaForTheEyeAlone()
    {
        var line = Render<Sparkline>(with => with.Add(x => x.Values, [0, 10, 5]).Add(x => x.Width, 20).Add(x => x.Height, 12));

        Assert.Equal("true", line.Find("svg").GetAttribute("aria-hidden"));
        Assert.Equal("M0 22l 20-20 20 10", line.Find("path.line").GetAttribute("d"));
        Assert.EndsWith("Z", line.Find("path.area").GetAttribute("d"), StringComparison.Ordinal);
    }

    [Fact]
    public void Sparkline_OfNothing_KeepsItsPlace()
    {
        var line = Render<Sparkline>(with => with.Add(x => x.Values, []));

        Assert.Equal("28", line.Find("svg").GetAttribute("height"));
        Assert.Equal("", line.Find("path.line").GetAttribute("d"));
    }
}
