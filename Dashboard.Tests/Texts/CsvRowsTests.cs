using System.Text;

namespace Dashboard.Texts;

/// <summary>What is exported opens as the table it was, and runs nothing.</summary>
public sealed class CsvRowsTests
{
    private const string Formulas = "=+-@\t\r\n＝＋－＠";

    [Fact]
    public void Rows_AreRfc4180()
    {
        var csv = Csv(["at", "what"], ["1", "plain"], ["2", "a,b"], ["3", "say \"hi\""], ["4", "two\r\nlines"], ["5", null], ["6", ""]);

        Assert.Equal("at,what\r\n1,plain\r\n2,\"a,b\"\r\n3,\"say \"\"hi\"\"\"\r\n4,\"two\r\nlines\"\r\n5,\r\n6,\r\n", csv);
    }

    [Theory]
    [InlineData("=cmd|'/c calc'!A1", "'=cmd|'/c calc'!A1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("+1", "'+1")]
    [InlineData("-1+1", "'-1+1")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("\r=1", "\"'\r=1\"")]
    [InlineData("\n=1", "\"'\n=1\"")]
    [InlineData("＝1+1", "'＝1+1")]
    [InlineData("=1,\"2\"", "\"'=1,\"\"2\"\"\"")]
    [InlineData("-5", "-5")] // a number calls nothing
    [InlineData("-0.25", "-0.25")]
    [InlineData("-5\n", "\"'-5\n\"")]
    [InlineData("--5", "'--5")]
    [InlineData("-", "'-")]
    [InlineData("-٥", "'-٥")]
    [InlineData("a=1", "a=1")]
    [InlineData("'", "'")]
    public void Formula_IsText(string cell, string written) => Assert.Equal($"x,y\r\n1,{written}\r\n", Csv(["x", "y"], ["1", cell]));

    [Theory, MemberData(nameof(HostileTexts.Each), MemberType = typeof(HostileTexts))]
    public void Text_OfAnyKind_StaysInItsCell(string name)
    {
        var text = HostileTexts.Text(name);

        var read = Read(Csv(["before", text, "after"], ["1", text, "3"], [text, text, text]));

        // What is no text becomes U+FFFD, as in any file of UTF-8.
        var kept = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
        Assert.Equal([3, 3, 3], read.Select(row => row.Count));
        Assert.All([read[0][1], read[1][1], .. read[2]], cell => Assert.True(cell == kept || cell == "'" + kept));
        Assert.All(read.SelectMany(row => row), cell => Assert.False(cell.Length > 0 && Formulas.Contains(cell[0], StringComparison.Ordinal)));
        Assert.Equal(("before", "after", "1", "3"), (read[0][0], read[0][2], read[1][0], read[1][2]));
    }

    [Fact]
    public void Row_OfAnotherWidth_IsRefused() => Assert.Throws<InvalidOperationException>(() => Csv(["a", "b"], ["1"]));

    [Fact]
    public void Writer_StaysOpen_AndHasEverything()
    {
        using var writer = new StringWriter();

        CsvRows.Write(writer, ["n"], Enumerable.Range(0, 50_000).Select(n => (IReadOnlyList<string?>)[$"{n}"]));
        writer.Write("end");

        Assert.EndsWith("49999\r\nend", writer.ToString(), StringComparison.Ordinal);
    }

    private static string Csv(IReadOnlyList<string> header, params IReadOnlyList<string?>[] rows)
    {
        using var writer = new StringWriter();
        CsvRows.Write(writer, header, rows);
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
