using System.Text;

namespace Dashboard.Text;

/// <summary>Text from outside as a person sees it.</summary>
public sealed class SafeTextTests
{
    [Theory]
    [InlineData("allkeys-lru")]
    [InlineData("action_cable/Z2lkOi8vYXBwL1VzZXIvNw")]
    [InlineData("<svg/onload=alert(1)>")] // the page escapes markup
    [InlineData("Größe 名前 имя שם")]
    [InlineData("e\u0301 ñ Việt\u0323")]
    [InlineData("😀 ✓ … •••")]
    [InlineData("")]
    public void Text_ThatIsVisible_StaysAsItIs(string text) => Assert.Equal(text, SafeText.Of(text));

    [Theory]
    [InlineData("\0", @"\x00", "NUL")]
    [InlineData("a\r\nb\tc", @"a\x0d\x0ab\x09c", "line ends and tabs")]
    [InlineData("\u001b[31m", @"\x1b[31m", "a terminal's code")]
    [InlineData("\u009b31m", @"\u009b31m", "its one-character form")]
    [InlineData("token:\u202egnp.exe", @"token:\u202egnp.exe", "reading direction")]
    [InlineData("\u2066\u2069\u200e\u061c", @"\u2066\u2069\u200e\u061c", "isolates and marks of direction")]
    [InlineData("\u200b\u200d\u2060\ufeff\u00ad", @"\u200b\u200d\u2060\ufeff\u00ad", "no width")]
    [InlineData("\u034f\u115f\u3164\uffa0\u2800\ufe0f", @"\u034f\u115f\u3164\uffa0\u2800\ufe0f", "letters and marks that draw nothing")]
    [InlineData("\u2028\u2029", @"\u2028\u2029", "separators of lines and paragraphs")]
    [InlineData("a\u00a0b\u3000c", @"a\u00a0b\u3000c", "blanks other than the space")]
    [InlineData("\ue000\U000f0000", @"\ue000\U000f0000", "private use")]
    [InlineData("\U000e0041", @"\U000e0041", "tags")]
    [InlineData("\uffff\u0378", @"\uffff\u0378", "unassigned")]
    [InlineData(@"\x1b", @"\\x1b", "a faked escape")]
    [InlineData("\u0301e", @"\u0301e", "a mark that would stand on what is before the text")]
    [InlineData("\0\u0301", @"\x00\u0301", "a mark that would stand on an escape")]
    [InlineData("e\u0301\u0301\u0301\u0301\u0301e\u0301", "e\u0301\u0301\u0301\\u0301\\u0301e\u0301", "too many marks on one letter")]
    public void Text_ThatIsNotVisible_IsEscaped(string text, string shown, string reason) =>
        Assert.True(shown == SafeText.Of(text), $"{reason}: {SafeText.Of(text)}");

    [Fact]
    public void UnpairedSurrogates_AreEscaped()
    {
        Assert.Equal(@"\ud83da", SafeText.Of("\ud83da"));
        Assert.Equal(@"\udc00\ud800", SafeText.Of("\udc00\ud800"));
    }

    [Theory]
    [InlineData(new byte[] { 0x61, 0x80, 0xbf }, @"a\x80\xbf")]
    [InlineData(new byte[] { 0xc0, 0xaf }, @"\xc0\xaf")]
    [InlineData(new byte[] { 0xed, 0xa0, 0x80 }, @"\xed\xa0\x80")]
    [InlineData(new byte[] { 0x63, 0xc3 }, @"c\xc3")]
    [InlineData(new byte[] { 0xc3, 0xa9, 0x1b, 0x5c, 0xc2, 0x80 }, @"é\x1b\\\u0080")]
    [InlineData(new byte[] { }, "")]
    public void Bytes_ThatAreNoUtf8_AreEscapedOneByOne(byte[] bytes, string shown) => Assert.Equal(shown, SafeText.Of(bytes));

    [Theory, MemberData(nameof(HostileTexts.Each), MemberType = typeof(HostileTexts))]
    public void Text_OfAnyKind_IsHarmlessAndBounded(string name)
    {
        Harmless.Assert(SafeText.Of(HostileTexts.Text(name)), SafeText.UsualMax);
        Harmless.Assert(SafeText.Of(HostileTexts.Text(name), 40), 40);
    }

    [Theory, MemberData(nameof(HostileTexts.EachName), MemberType = typeof(HostileTexts))]
    public void Bytes_OfAnyKind_AreHarmlessAndBounded(string name)
    {
        Harmless.Assert(SafeText.Of(HostileTexts.Name(name)), SafeText.UsualMax);
        Harmless.Assert(SafeText.Of(HostileTexts.Name(name), 40), 40);
    }

    [Fact]
    public void EveryCharacter_IsHarmless()
    {
        // The planes between them are empty.
        foreach (var code in Enumerable.Range(0, 0x40000).Concat(Enumerable.Range(0xe0000, 0x200))
            .Concat(Enumerable.Range(0x10ff00, 0x100)))
        {
            Harmless.Assert(SafeText.Of(Rune.IsValid(code) ? "a" + new Rune(code) : "a" + (char)code), 20);
        }
    }

    /// <summary>An operator who compares two names must never see the same text for both.</summary>
    [Fact]
    public void DifferentNames_LookDifferent()
    {
        byte[][] names =
            [.. HostileTexts.AllNames.Where(name => name.Length < 100), .. Enumerable.Range(0, 256).Select(one => new[] { (byte)one }),
                [.. @"\x80"u8], [.. @"\\x80"u8], [.. @"\u202e"u8]];

        var shown = names.DistinctBy(Convert.ToHexString).Select(name => SafeText.Of(name, 2000)).ToList();

        Assert.Equal(shown.Count, shown.Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [InlineData(200, "0123456789")]
    [InlineData(201, "…(201 characters)")]
    [InlineData(1 << 20, "…(1,048,576 characters)")]
    public void LongText_EndsInItsLength(int length, string end)
    {
        var text = string.Concat(Enumerable.Repeat("0123456789", 1 + (length / 10)))[..length];

        var shown = SafeText.Of(text, 200);

        Assert.EndsWith(end, shown, StringComparison.Ordinal);
        Assert.StartsWith("0123456789", shown, StringComparison.Ordinal);
        Assert.InRange(shown.Length, 185, 200);
    }

    [Fact]
    public void LongBytes_EndInTheirLength() =>
        Assert.Equal("xxxxxxxxxxxx…(1,048,576 bytes)", SafeText.Of(new byte[1 << 20].Select(_ => (byte)'x').ToArray().AsSpan(), 40));

    [Fact]
    public void Escape_IsNeverCutInTwo()
    {
        for (var before = 0; before < 12; before++)
        {
            var shown = SafeText.Of(new string('a', before) + string.Concat(Enumerable.Repeat("\u202e", 50)), 64);

            Assert.Matches(@"^a*(\\u202e)+…\([0-9]+ characters\)$", shown);
        }
    }

    [Fact]
    public void Megabyte_CostsNoMoreThanWhatIsShown()
    {
        var (text, bytes) = (HostileTexts.Text("megabyte of markup"), HostileTexts.Name("megabyte of markup"));
        SafeText.Of(text);
        SafeText.Of(bytes);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 100; i++)
        {
            SafeText.Of(text);
            SafeText.Of(bytes);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200 * 20_000);
    }

    /// <summary>
    /// Compares with a text of two kilobytes in the same run: reading the whole megabyte would take five hundred times as long.
    /// </summary>
    [Fact]
    public void Megabyte_IsNotReadCompletely()
    {
        var text = HostileTexts.Text("megabyte of markup");

        var times = Enumerable.Range(0, 20).Select(_ => (Long: Took(text), Short: Took(text[..2048]))).ToList();

        Assert.InRange(times.Min(time => time.Long) / times.Min(time => time.Short), 0, 50);

        static double Took(string text)
        {
            var began = TimeProvider.System.GetTimestamp();
            for (var again = 0; again < 20; again++)
            {
                SafeText.Of(text);
            }

            return TimeProvider.System.GetElapsedTime(began).TotalMilliseconds;
        }
    }

    [Fact]
    public void UsualText_IsNotCopied()
    {
        const string policy = "allkeys-lru";

        Assert.Same(policy, SafeText.Of(policy));
    }

    [Fact]
    public void Bound_TooSmallForTheNote_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => SafeText.Of("a", 39));
}
