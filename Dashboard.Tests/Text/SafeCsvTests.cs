using System.Text;
using System.Text.RegularExpressions;

namespace Dashboard.Text;

/// <summary>An exported file opens as the table it was, and runs nothing.</summary>
public sealed partial class SafeCsvTests
{
    private const string Signs = "=+-@＝＋－＠﹦﹢﹣﹫";

    private static readonly char[] LineEnds = [.. "\t\r\n\v\f\u0085\u2028\u2029"];

    [Fact]
    public void Rows_AreRfc4180_WithEveryCellInQuotes()
    {
        var csv = Csv(["at", "what"], ["1", "plain"], ["2", "a,b"], ["3", "say \"hi\""], ["4", "two\r\nlines"], ["5", null], ["6", ""]);

        Assert.Equal(
            "\"at\",\"what\"\r\n\"1\",\"plain\"\r\n\"2\",\"a,b\"\r\n\"3\",\"say "
                + "\"\"hi\"\"\"\r\n\"4\",\"two\r\nlines\"\r\n\"5\",\"\"\r\n\"6\",\"\"\r\n", csv);
    }

    [Theory]
    [InlineData("=cmd|'/c calc'!A1", "'=cmd|'/c calc'!A1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("+1", "'+1")]
    [InlineData("-1+1", "'-1+1")]
    [InlineData("  =1", "  '=1")] // programs may drop the blanks before it
    [InlineData("\u00a0\u3000=1", "\u00a0\u3000'=1")]
    [InlineData("\ufeff\0=1", "\ufeff\0'=1")]
    [InlineData("\"=1", "\"'=1")]
    [InlineData("＝1+1", "'＝1+1")]
    [InlineData("﹦1+1", "'﹦1+1")]
    [InlineData("\t=1", "'\t'=1")]
    [InlineData("\tplain", "'\tplain")]
    [InlineData("\r=1", "'\r'=1")]
    [InlineData("\n=1", "'\n'=1")]
    [InlineData("x;=1+1;y", "x;'=1+1;y")]
    [InlineData("x,=1+1,y", "x,'=1+1,y")]
    [InlineData("x\t=1+1\ty", "x\t'=1+1\ty")]
    [InlineData("x\r\n=1+1", "x\r\n'=1+1")]
    [InlineData("x\n@SUM(1)", "x\n'@SUM(1)")]
    [InlineData("x\u2028+1", "x\u2028'+1")]
    [InlineData("x; \t =1", "x; \t '=1")]
    [InlineData("x;\"=1\"", "x;\"'=1\"")]
    [InlineData("x;\"\"\"-1\"", "x;\"\"\"'-1\"")]
    [InlineData("x;＠SUM(1)", "x;'＠SUM(1)")]
    [InlineData("=1;=2,=3", "'=1;'=2,'=3")]
    [InlineData("=1,\"2\"", "'=1,\"2\"")]
    [InlineData("'=1", "''=1")] // so that removing one restores the text
    [InlineData("x;'=1", "x;''=1")]
    [InlineData("-5", "-5")] // a number is no formula
    [InlineData("-0.25", "-0.25")]
    [InlineData("-5\n", "'-5\n")]
    [InlineData("x;-5", "x;'-5")] // only a whole cell is a number
    [InlineData("--5", "'--5")]
    [InlineData("-", "'-")]
    [InlineData("-٥", "'-٥")]
    [InlineData("a=1", "a=1")]
    [InlineData("a; b=1, c-d", "a; b=1, c-d")]
    [InlineData("{\"removed\":-5,\"kept\":-3}", "{\"removed\":-5,\"kept\":-3}")]
    [InlineData("'", "'")]
    public void Formula_IsWrittenAsText(string cell, string written) =>
        Assert.Equal(
            $"\"x\",\"y\"\r\n\"1\",\"{written.Replace("\"", "\"\"", StringComparison.Ordinal)}\"\r\n", Csv(["x", "y"], ["1", cell]));

    /// <summary>
    /// Some programs split at other separators and accept quotes anywhere; even so, no cell that they read begins with a formula.
    /// </summary>
    [Theory]
    [InlineData(';')]
    [InlineData(',')]
    [InlineData('\t')]
    [InlineData(';', ',', '\t')]
    public void FileSplitElsewhere_HasNoFormula(params char[] separators)
    {
        string[] hostile =
            [.. HostileTexts.All,
                .. HostileTexts.All.SelectMany(text => (string[])[$"x;{text};y", $"x\"{text}", $"x\r\n\"{text}\"", $"x\t \"\" {text}"])];

        var csv = Csv(["text"], [.. hostile.Select(text => (IReadOnlyList<string?>)[text])]);

        Assert.All(
            csv.Split(['\r', '\n', .. separators]).Select(cell => cell.Trim('"', ' ', '\t')),
            cell =>
                Assert.False(cell.Length > 0 && Signs.Contains(cell[0], StringComparison.Ordinal), cell.Length > 60 ? cell[..60] : cell));
    }

    [Theory, MemberData(nameof(HostileTexts.Each), MemberType = typeof(HostileTexts))]
    public void Text_OfAnyKind_StaysInItsCell_AndCanBeRestored(string name)
    {
        var text = HostileTexts.Text(name);

        var read = Read(Csv(["before", text, "after"], ["1", text, "3"], [text, text, text]));

        // Invalid text becomes U+FFFD, as in any UTF-8 file.
        var kept = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
        Assert.Equal([3, 3, 3], read.Select(row => row.Count));
        Assert.All([read[0][1], read[1][1], .. read[2]], cell => Assert.True(kept == Plain(cell)));
        Assert.All(
            read.SelectMany(row => row),
            cell => Assert.False(cell.Length > 0 && (Signs.Contains(cell[0], StringComparison.Ordinal) || LineEnds.Contains(cell[0]))));
        Assert.Equal(("before", "after", "1", "3"), (read[0][0], read[0][2], read[1][0], read[1][2]));
    }

    [Theory]
    [InlineData("'=1")]
    [InlineData("''=1;'=2;\"'=3")]
    [InlineData("'\t'=1")]
    [InlineData("it's; 'quoted', '-'")]
    [InlineData("-5")]
    [InlineData("'-5")]
    public void Apostrophes_OfTheTextItself_AreRestored(string text) => Assert.Equal(text, Plain(Read(Csv(["x"], [text]))[1][0]));

    [Fact]
    public void Row_OfAnotherWidth_IsRefused() => Assert.Throws<InvalidOperationException>(() => Csv(["a", "b"], ["1"]));

    [Fact]
    public void Writer_StaysOpen_AndHasEverything()
    {
        using var writer = new StringWriter();

        SafeCsv.Write(writer, ["n"], Enumerable.Range(0, 50_000).Select(n => (IReadOnlyList<string?>)[$"{n}"]));
        writer.Write("end");

        Assert.EndsWith("\"49999\"\r\nend", writer.ToString(), StringComparison.Ordinal);
    }

    /// <summary>
    /// Restores the text as the documentation says: one apostrophe is removed before each sign that only blanks, quotes and apostrophes
    /// separate from a separator, a line end or the start of the cell.
    /// </summary>
    private static string Plain(string cell) => Added().Replace(Leading().Replace(cell, "$1"), "$1");

    [GeneratedRegex("(?<=(?:\\A|[,;\t\r\n\v\f\u0085\u2028\u2029])[\\s\"'\\p{Cc}\\p{Cf}]*)'([=+\\-@＝＋－＠﹦﹢﹣﹫])")]
    private static partial Regex Added();

    /// <summary>Matches the apostrophe before a line end that begins the cell.</summary>
    [GeneratedRegex("\\A((?:(?![\t\r\n\v\f\u0085\u2028\u2029])[\\s\"'\\p{Cc}\\p{Cf}])*)'(?=[\t\r\n\v\f\u0085\u2028\u2029])")]
    private static partial Regex Leading();

    private static string Csv(IReadOnlyList<string> header, params IReadOnlyList<string?>[] rows)
    {
        using var writer = new StringWriter();
        SafeCsv.Write(writer, header, rows);
        return writer.ToString();
    }

    /// <summary>Reads RFC 4180 as any other program would.</summary>
    private static List<List<string>> Read(string csv)
    {
        var rows = new List<List<string>> { new() };
        var cell = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < csv.Length; i++)
        {
            if (csv[i] == '"')
            {
                var doubled = quoted && i + 1 < csv.Length && csv[i + 1] == '"';
                _ = doubled ? cell.Append(csv[i++]) : cell;
                quoted = doubled || !quoted;
            }
            else if (quoted || csv[i] is not (',' or '\r' or '\n'))
            {
                cell.Append(csv[i]);
            }
            else if (csv[i] != '\n')
            {
                rows[^1].Add(cell.ToString());
                cell.Clear();
                rows.AddRange(csv[i] == '\r' ? [[]] : []);
            }
        }

        return [.. rows.SkipLast(1)];
    }
}
