namespace Dashboard.Metrics;

/// <summary>Numbers as a person reads them. <c>_</c> stands for the narrow space that keeps a number in one piece.</summary>
public class UnitFormatTests
{
    [Theory]
    [InlineData(Unit.Count, null, "–", "unknown is never 0")]
    [InlineData(Unit.Percent, null, "–", "unknown has no unit either")]
    [InlineData(Unit.PerSecond, double.NaN, "–", "not a number")]
    [InlineData(Unit.Bytes, double.PositiveInfinity, "–", "not finite")]
    [InlineData(Unit.Count, 0d, "0", "zero is a number")]
    [InlineData(Unit.Count, 1d, "1", "whole numbers stay whole")]
    [InlineData(Unit.Count, 0.04, "0.04", "little is not nothing")]
    [InlineData(Unit.Count, 2.5, "2.5", "a mean of counts")]
    [InlineData(Unit.Count, 9.94, "9.9", "one decimal under ten")]
    [InlineData(Unit.Count, 9.96, "10", "and none from there")]
    [InlineData(Unit.Count, 999.5, "1_000", "rounded before it is grouped")]
    [InlineData(Unit.Count, 8214d, "8_214", "grouped by a narrow space")]
    [InlineData(Unit.Count, 99_999d, "99_999", "exact up to here")]
    [InlineData(Unit.Count, 99_999.6, "100_k", "never six digits")]
    [InlineData(Unit.Count, 999_499d, "999_k", "the last of the thousands")]
    [InlineData(Unit.Count, 999_500d, "1.00_M", "never 1 000 k")]
    [InlineData(Unit.Count, 12_345_678d, "12.3_M", "three digits")]
    [InlineData(Unit.Count, 999_499_999d, "999_M", "the last of the millions")]
    [InlineData(Unit.Count, 999_500_000d, "1.00_G", "never 1 000 M")]
    [InlineData(Unit.Count, -5d, "-5", "a forecast's slope may be negative")]
    [InlineData(Unit.PerSecond, 0d, "0/s", "idle")]
    [InlineData(Unit.PerSecond, 0.02, "0.02/s", "one in fifty seconds")]
    [InlineData(Unit.PerSecond, 8214.4, "8_214/s", "the unit follows at once")]
    [InlineData(Unit.PerSecond, 123_456d, "123_k/s", "with its multiple")]
    [InlineData(Unit.Percent, 0d, "0_%", "zero needs no decimals")]
    [InlineData(Unit.Percent, 94.26, "94.3_%", "one decimal")]
    [InlineData(Unit.Percent, 99.94, "99.9_%", "nearly all")]
    [InlineData(Unit.Percent, 99.95, "100_%", "never 100.0")]
    [InlineData(Unit.Percent, 100.05, "100_%", "over the limit")]
    [InlineData(Unit.Bytes, 0d, "0_B", "nothing stored")]
    [InlineData(Unit.Bytes, 1023d, "1_023_B", "the last bytes")]
    [InlineData(Unit.Bytes, 1024d, "1.00_kB", "binary multiples, as the servers count")]
    [InlineData(Unit.Bytes, 1023.6 * 1024, "1.00_MB", "never 1 024 kB")]
    [InlineData(Unit.Bytes, 9.996 * 1024, "10.0_kB", "three digits at the edge")]
    [InlineData(Unit.Bytes, 536_870_912d, "512_MB", "the guide's session server")]
    [InlineData(Unit.Bytes, 1_073_741_824d, "1.00_GB", "the guide's cache")]
    [InlineData(Unit.Bytes, 1e30, "888_178_419_700_125_PB", "beyond the last multiple it only grows")]
    [InlineData(Unit.BytesPerSecond, 2048d, "2.00_kB/s", "bytes a second")]
    [InlineData(Unit.Milliseconds, 0d, "0_ms", "no time at all")]
    [InlineData(Unit.Milliseconds, 0.04, "0.04_ms", "loopback is not 0.0")]
    [InlineData(Unit.Milliseconds, 0.31, "0.3_ms", "a usual round trip")]
    [InlineData(Unit.Milliseconds, 9.96, "10_ms", "never 10.0")]
    [InlineData(Unit.Milliseconds, 999.6, "1.0_s", "never 1 000 ms")]
    [InlineData(Unit.Milliseconds, 2000d, "2.0_s", "a timeout")]
    [InlineData(Unit.Ratio, 3.514, "3.51", "two decimals, no unit")]
    public void Text_OfANumber(Unit unit, double? value, string expected, string reason)
    {
        Assert.True(UnitFormat.Text(unit, value) == expected.Replace('_', '\u202F'), $"{reason}: {UnitFormat.Text(unit, value)}");
    }

    [Fact]
    public void Parts_SeparateTheUnit()
    {
        Assert.Equal(("8\u202F214", "/s"), UnitFormat.Parts(Unit.PerSecond, 8214));
        Assert.Equal(("–", ""), UnitFormat.Parts(Unit.Bytes, null));
    }

    [Fact]
    public void Text_OfEveryUnitAndSize_StaysShort()
    {
        foreach (var unit in Enum.GetValues<Unit>().Except([Unit.Ratio, Unit.Percent]))
        {
            for (var exponent = -3.0; exponent < 12; exponent += 0.01)
            {
                Assert.InRange(
                    UnitFormat.Text(unit, Math.Pow(10, exponent)).Length, 1, unit == Unit.Milliseconds && exponent > 6 ? 20 : 10);
            }
        }
    }
}
