using Dashboard.Configuration;

namespace Dashboard.Instances;

/// <summary>The confirmation of a destructive act is one of two words, and the stricter one where none is written.</summary>
public class ConfirmationPolicyTests
{
    [Theory]
    [InlineData("typed", ConfirmationPolicy.Typed)]
    [InlineData("click", ConfirmationPolicy.Click)]
    [InlineData("CLICK", ConfirmationPolicy.Click)]
    [InlineData(" Typed\n", ConfirmationPolicy.Typed)]
    public void Confirm_IsRead(string written, ConfirmationPolicy expected)
    {
        var settings =
            Written.Read(("Instances:cache:Url", "redis://h"), ("Instances:cache:Confirm", written), ("Instances:cable:Url", "redis://h"));

        Assert.Equal([expected, ConfirmationPolicy.Typed], settings.Instances.Select(instance => instance.Confirmation));
    }

    [Theory]
    [InlineData("", "is empty.")]
    [InlineData("  ", "is empty.")]
    [InlineData(null, "is empty.")]
    [InlineData("0", "'0' is neither 'typed' nor 'click'.")]
    [InlineData("1", "'1' is neither 'typed' nor 'click'.")]
    [InlineData("2", "'2' is neither 'typed' nor 'click'.")]
    [InlineData("-1", "'-1' is neither 'typed' nor 'click'.")]
    [InlineData("Typed,Click", "'Typed,Click' is neither 'typed' nor 'click'.")]
    [InlineData("typed, typed", "'typed, typed' is neither 'typed' nor 'click'.")]
    [InlineData("none", "'none' is neither 'typed' nor 'click'.")]
    [InlineData("true", "'true' is neither 'typed' nor 'click'.")]
    public void Confirm_WithAnotherValue_IsAFault(string? written, string why)
    {
        var fault = Assert.Single(Written.Faults(("Instances:cache:Url", "redis://h"), ("Instances:cache:Confirm", written)));

        Assert.Equal($"Dashboard:Instances:cache:Confirm: {why} Use typed (the default) or click.", fault);
    }

    [Theory]
    [InlineData("Instances:cache:Confirm")]
    [InlineData("Instances:cache:PasswordFile")]
    [InlineData("PollInterval")]
    public void TextWithSettingsBelowIt_IsAFault(string setting)
    {
        var faults = Written.Faults(("Instances:cache:Url", "redis://h"), ($"{setting}:0", "click"));

        Assert.Contains($"Dashboard:{setting}: has settings below it, but takes a single value. Write only Dashboard:{setting}=….", faults);
    }
}
