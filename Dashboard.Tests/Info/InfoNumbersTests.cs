namespace Dashboard.Info;

/// <summary>Numbers from INFO: an odd value is unknown, never 0 and never an exception.</summary>
public class InfoNumbersTests
{
    [Theory]
    [InlineData("0", 0L, "zero is a number")]
    [InlineData("2872360", 2872360L, "a size")]
    [InlineData("9223372036854775807", long.MaxValue, "the largest")]
    [InlineData("9223372036854775808", null, "one more than fits")]
    [InlineData("18446744073709551615", null, "an unsigned 64-bit underflow, as servers do print")]
    [InlineData("-1", null, "negative: servers send it for an unknown value")]
    [InlineData("+1", null, "a sign")]
    [InlineData(" 1", null, "a space")]
    [InlineData("1.5", null, "a decimal is no count")]
    [InlineData("1,000", null, "groups")]
    [InlineData("NaN", null, "not a number")]
    [InlineData("", null, "empty")]
    [InlineData("١٢", null, "other digits")]
    public void Count_OfText(string text, long? expected, string reason)
    {
        Assert.True(InfoReply.Parse($"f:{text}").Count("f") == expected, reason);
    }

    [Theory]
    [InlineData("0.011281", 0.011281, "seconds")]
    [InlineData("97.23%", 97.23, "a percentage")]
    [InlineData("0.00", 0.0, "zero")]
    [InlineData("-0.5", null, "nothing we read as a decimal can be negative")]
    [InlineData("1e308", null, "two of them would sum to infinity")]
    [InlineData("99999999999999999999", null, "larger than anything measured")]
    [InlineData("NaN", null, "not a number")]
    [InlineData("inf", null, "not finite")]
    [InlineData("Infinity", null, "not finite")]
    [InlineData("-Infinity", null, "not finite, and read by the parser whatever style is asked for")]
    [InlineData("%", null, "no digits")]
    [InlineData("1.2.3", null, "two points")]
    public void Real_OfText(string text, double? expected, string reason)
    {
        Assert.True(InfoReply.Parse($"f:{text}").Real("f") == expected, reason);
    }

    [Theory]
    [InlineData("keys=5037,expires=5000,avg_ttl=86399715", "keys", 5037L, "the first part")]
    [InlineData("keys=5037,expires=5000,avg_ttl=86399715", "expires", 5000L, "a middle part")]
    [InlineData("keys=5037,expires=5000,avg_ttl=86399715", "ttl", null, "the end of another name is not the name")]
    [InlineData(
        "keys=5037,expires=5000,avg_ttl=86399715,subexpiry=3", "avg_ttl", 86399715L, "parts that newer servers add are passed over")]
    [InlineData("keys", "keys", null, "a name without a value")]
    [InlineData("keys=", "keys", null, "an empty value")]
    [InlineData("", "keys", null, "nothing")]
    [InlineData(null, "keys", null, "no field")]
    public void Part_OfAList(string? list, string name, long? expected, string reason)
    {
        Assert.True(InfoNumbers.Part(list, name) == expected, reason);
    }

    [Theory]
    [InlineData("37c2a634864c9742a001256d241998cb7e242357", true, "a run_id")]
    [InlineData("0000000000000000000000000000000000000000", false, "zeros name no server")]
    [InlineData("", false, "empty names no server")]
    public void Identity_OfText(string text, bool known, string reason)
    {
        Assert.True(InfoReply.Parse($"run_id:{text}").Identity("run_id") == (known ? text : null), reason);
    }

    [Theory]
    [InlineData("1", true)]
    [InlineData("0", false)]
    [InlineData("2", null)]
    [InlineData("yes", null)]
    public void Flag_OfText(string text, bool? expected)
    {
        Assert.Equal(expected, InfoReply.Parse($"f:{text}").Flag("f"));
    }

    [Theory]
    [InlineData("ok", true)]
    [InlineData("err", false)]
    [InlineData("OK", null)]
    [InlineData("", null)]
    public void Ok_OfText(string text, bool? expected)
    {
        Assert.Equal(expected, InfoReply.Parse($"f:{text}").Ok("f"));
    }
}
