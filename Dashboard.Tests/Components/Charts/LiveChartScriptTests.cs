using Dashboard.Browser;
using Dashboard.Components.Charts.Harness;
using Dashboard.Metrics;

namespace Dashboard.Components.Charts;

/// <summary>The pure parts of the charts' script, run where they live.</summary>
[Collection(BrowserTests.Name), Trait("Needs", "Browser"), Trait("Server", "Any")]
public sealed class LiveChartScriptTests(ChartHarness harness)
{
    [Fact]
    public async Task Numbers_AreWrittenAsTheServerWritesThem()
    {
        double?[] values =
        [
            null, 0, 0.04, 0.3, 0.35, 1, 1.5, 9.9, 9.94, 9.96, 10, 33.4, 99.9, 99.96, 100, 999, 1023, 1024, 1500, 8214, 99_999, 123_456,
            999_499, 999_501,
            1_234_567, 10_737_418, 1_073_741_824, 5e9, 2.5e12, -4, -1500,
        ];
        await using var page = await harness.OpenAsync(Empty());

        foreach (var unit in Enum.GetValues<Unit>())
        {
            var written = await page.Page.EvaluateAsync<string[]>(
                "async ([unit, values]) => { const { text } = await import('/charts/format.js'); return values.map(value => text(unit, "
                    + "value)); }",
                new object[] { unit.ToString(), values });

            Assert.Equal(
                values.Select(value => $"{unit} {value}: {UnitFormat.Text(unit, value)}"),
                written.Select((text, i) => $"{unit} {values[i]}: {text}"));
        }
    }

    [Theory]
    [InlineData("PerSecond", 3.0, 8.0, "0 2 4 6 8")]
    [InlineData("PerSecond", 0.0, 0.0, "0 0.25 0.5 0.75 1")]
    [InlineData("Count", 23.0, 27.0, "0 10 20 30")]
    [InlineData("Count", 0.0, 1.0, "0 1 2 3 4")]
    [InlineData("Percent", 91.0, 97.0, "90 92 94 96 98")]
    [InlineData("Percent", 99.5, 99.9, "94 96 98 100")]
    [InlineData("Bytes", 1e6, 1.9e6, "0 0.5 MB 1 MB 1.5 MB 2 MB")]
    [InlineData("Milliseconds", 0.2, 0.9, "0 0.25 ms 0.5 ms 0.75 ms 1 ms")]
    [InlineData("PerSecond", 6000.0, 11000.0, "0 5 k 10 k 15 k")]
    public async Task ValueAxis_HasRoundStepsFromARightFloor(string unit, double low, double high, string labels)
    {
        await using var page = await harness.OpenAsync(Empty());

        var drawn = await page.Page.EvaluateAsync<string[]>(
            """
            async ([unit, low, high]) => {
              const { valueAxis } = await import('/charts/valueaxis.js');
              const { axisText } = await import('/charts/format.js');
              const axis = valueAxis(low, high, { unit, min: null, max: null }, null);
              return axis.ticks.map(tick => axisText(unit, tick, axis.high));
            }
            """,
            new object[] { unit, low, high });

        Assert.Equal(labels, string.Join(' ', drawn).Replace('\u202F', ' '));
    }

    [Fact]
    public async Task ValueAxis_LabelsHaveRoom_WhateverTheSize()
    {
        await using var page = await harness.OpenAsync(Empty());
        await page.UntilAsync("a frame", async () => await page.Page.Locator(".chart-frame").CountAsync() == 1);

        var tooWide = await page.Page.EvaluateAsync<string[]>(
            """
            async units => {
              const { valueAxis } = await import('/charts/valueaxis.js');
              const { axisText } = await import('/charts/format.js');
              const { gutter } = await import('/charts/frame.js');
              const label = document.createElementNS('http://www.w3.org/2000/svg', 'text');
              label.setAttribute('class', 'value');
              document.querySelector('.chart-frame').append(label);
              await document.fonts.ready;
              const found = new Set();
              // No poll is waited for longer than 30 s.
              const most = { Percent: 101, Milliseconds: 100_000 };
              for (const unit of units) {
                for (let high = 0.01; high < (most[unit] ?? 1e13); high *= 1.17) {
                  const axis = valueAxis(0, high, { unit, min: null, max: null }, null);
                  for (const tick of axis.ticks) {
                    label.textContent = axisText(unit, tick, axis.high);
                    if (label.getBBox().width > gutter.left - 10) found.add(`${unit}: ${label.textContent}`);
                  }
                }
              }
              label.remove();
              return [...found];
            }
            """,
            Enum.GetNames<Unit>());

        Assert.Equal("", string.Join(", ", tooWide));
    }

    [Fact]
    public async Task ValueAxis_WhileTheDataFits_StaysAsItWas()
    {
        await using var page = await harness.OpenAsync(Empty());

        var tops = await page.Page.EvaluateAsync<double[]>(
            """
            async () => {
              const { valueAxis } = await import('/charts/valueaxis.js');
              const spec = { unit: 'PerSecond', min: null, max: null };
              let axis = null;
              return [90, 70, 95, 101, 90, 20].map(high => (axis = valueAxis(0, high, spec, axis)).high);
            }
            """);

        Assert.Equal([100, 100, 100, 150, 150, 20], tops);
    }

    /// <summary>The last two begin in the night in which the clocks are changed, at half past the hour.</summary>
    [Theory]
    [InlineData("Asia/Kolkata", "2026-03-01T12:00:01Z", 5, "17:31 17:32 17:33 17:34 17:35")]
    [InlineData("America/New_York", "2026-03-01T22:30:00Z", 1440, "18:00 2 Mar 06:00 12:00")]
    [InlineData("America/New_York", "2026-03-06T12:00:00Z", 7200, "7 Mar 8 Mar 9 Mar 10 Mar 11 Mar")]
    [InlineData("Europe/Berlin", "2026-10-24T23:30:00Z", 240, "02:00 02:00 03:00 04:00")]
    [InlineData("Europe/Berlin", "2026-03-28T23:30:00Z", 240, "01:00 03:00 04:00 05:00")]
    [InlineData("No/Where", "2026-03-01T12:00:01Z", 5, "12:01 12:02 12:03 12:04 12:05")]
    public async Task TimeAxis_HasRoundTimesOfTheChosenZone(string zone, string from, int minutes, string labels)
    {
        await using var page = await harness.OpenAsync(Empty());

        var drawn = await page.Page.EvaluateAsync<string[]>(
            """
            async ([zone, from, minutes]) => {
              const { timeTicks, useZone } = await import('/charts/timeaxis.js');
              useZone(zone);
              return timeTicks(Date.parse(from), Date.parse(from) + minutes * 60_000, 480).map(tick => tick.label);
            }
            """,
            new object[] { zone, from, minutes });

        Assert.Equal(labels, string.Join(' ', drawn));
    }

    [Theory]
    [InlineData("UTC", 300, 600, "12:01 12:02 12:03 12:04 12:05")]
    [InlineData("Asia/Kolkata", 300, 600, "12:01 12:02 12:03 12:04 12:05")]
    [InlineData("UTC", 30, 600, "12:00:05 12:00:10 12:00:15 12:00:20 12:00:25 12:00:30")]
    [InlineData("Europe/Berlin", 86_400, 600, "18:00 2 Mar 06:00 12:00")]
    [InlineData("Europe/Berlin", 604_800, 600, "2 Mar 3 Mar 4 Mar 5 Mar 6 Mar 7 Mar 8 Mar")]
    public async Task TimeAxis_HasRoundTimesInUtc_WhateverTheZone(string zone, int seconds, int width, string labels)
    {
        await using var page = await harness.OpenAsync(Empty(), new() { TimezoneId = zone });

        var drawn = await page.Page.EvaluateAsync<string[]>(
            "async ([from, to, width]) => (await import('/charts/timeaxis.js')).timeTicks(from, to, width).map(tick => tick.label)",
            new object[] { Noon + 1000, Noon + (seconds * 1000L), width });

        Assert.Equal(labels, string.Join(' ', drawn));
    }

    private const long Noon = 1_772_366_400_000;

    private static Scene Empty()
    {
        ChartSpec[] specs = [new("ops", "Operations", Unit.PerSecond, new SeriesSpec("ops", "operations"))];
        return new() { Specs = specs, Feed = new(specs, TimeSpan.FromMinutes(5), DateTimeOffset.UnixEpoch.AddDays(1)) };
    }
}
