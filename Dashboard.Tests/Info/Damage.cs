namespace Dashboard.Info;

/// <summary>Recorded replies with damage as networks, proxies and odd servers cause it. The same seed gives the same damage.</summary>
internal sealed class Damage(int seed)
{
    private static readonly string[] OddValues =
    [
        "", "-1", "-9223372036854775808", "9223372036854775807", "18446744073709551615", "1e308", "-1e308", "NaN", "Infinity", "-Infinity",
        "∞", "١٢٣", "0x10",
        "1,000", " 5", "5 ", "keys=9223372036854775807,expires=9223372036854775807", "keys=-1", "keys=", "=,=,=", ",,,,",
        "count=99999999999999999999", "ok", "err", "1", "0",
        "\uFFFD\uFFFD", "\u0000", new('9', 400), "p50=1,p99=2", "slave",
    ];

    private readonly Random _random = new(seed);
    private readonly string[][] _recordings = [.. Recorded.Names.Select(name => Recorded.Text(name).Split("\r\n"))];

    public string Next()
    {
        var lines = _recordings[_random.Next(_recordings.Length)].ToList();
        for (var remaining = _random.Next(1, 12); remaining > 0; remaining--)
        {
            DamageOneLine(lines);
        }

        return string.Join(_random.Next(3) == 0 ? "\n" : "\r\n", lines);
    }

    private void DamageOneLine(List<string> lines)
    {
        var at = _random.Next(lines.Count);
        var line = lines[at];
        var colon = line.IndexOf(':');
        switch (_random.Next(7))
        {
            case 0 when lines.Count > 1:
                lines.RemoveAt(at);
                break;
            case 1:
                lines.Insert(at, line);
                break;
            case 2:
                lines[at] = line[.._random.Next(line.Length + 1)];
                break;
            case 3 when lines.Count > 2:
                lines.RemoveRange(at, Math.Min(_random.Next(40), lines.Count - at - 1));
                break;
            case 4:
                lines.Insert(
                    _random.Next(lines.Count), $"db{_random.Next(20)}:keys={_random.NextInt64()},expires={_random.NextInt64()},avg_ttl=-3");
                break;
            default:
                lines[at] = line[..(colon + 1)] + OddValues[_random.Next(OddValues.Length)];
                break;
        }
    }
}
