using System.Text;

namespace Dashboard.Text;

/// <summary>
/// Texts that anyone who can write a key, name a client, open a channel or run a server may send. Each has a name, because a test report
/// cannot print the text.
/// </summary>
internal static class HostileTexts
{
    private const int Megabyte = 1 << 20;

    private static readonly Dictionary<string, string> Texts = new()
    {
        ["svg"] = "<svg/onload=alert(1)>",
        ["image"] = "<img src=x onerror=alert(1)>",
        ["script"] = "\"><script>alert(1)</script>",
        ["quote"] = "' autofocus onfocus='alert(1)",
        ["comment"] = "--><!-- ]]> </title></style></textarea>",
        ["template"] = "{{7*7}} ${7*7} @(7*7) #{7*7}",
        ["address"] = "javascript:alert(1)",
        ["entity"] = "&lt;b&gt; &#0; &amp;",
        ["override"] = "token:\u202egnp.exe",
        ["isolate"] = "a\u2066b\u2067c\u2068d\u2069e\u200ff",
        ["hebrew"] = "שלום 1-2",
        ["nul"] = "before\0after",
        ["replaced"] = "caf\ufffd",
        ["reply"] = "name\r\n$5\r\nINFO\r\n+OK\r\n",
        ["log"] = "name\r\ninfo: Dashboard.Access[1]\n      root signed in",
        ["separators"] = "a\u2028b\u2029c\u0085d\vf\fg",
        ["ansi"] = "\u001b[31mred\u001b[0m\u001b]0;title\a\u001b[2J\u009b31m",
        ["backspace"] = "rm -rf\b\b\b\b\b\bls\u007f",
        ["formula"] = "=cmd|'/c calc'!A1",
        ["formulas"] = "@SUM(1+1)*cmd|' /C calc'!A0",
        ["plus"] = "+1+cmd|'/c calc'!A1",
        ["minus"] = "-2+3+cmd|'/c calc'!A1",
        ["tab"] = "\t=1+1",
        ["cells"] = "a,b;c\"d\"\r\n=1+1,2",
        ["invisible"] = "a\u200b\u200c\u200d\u2060\ufeff\u00adb\u034f\u3164\ufe0f",
        ["blanks"] = "a\u00a0b\u2003c\u3000d",
        ["tags"] = "a\U000e0041\U000e0042",
        ["marks"] = "Z" + new string('\u0335', 300) + "algo",
        ["first mark"] = "\u0301e",
        ["halves"] = "\ud83da\udc00\ud800",
        ["private"] = "\ue000\uf8ff\U000f0000",
        ["emoji"] = "👩\u200d👩 🏴 ❤",
        ["backslash"] = @"\x1b[31m \u202e \",
        ["format"] = "{0} %s %n {Instance} {",
        ["path"] = "../../etc/passwd\0.csv",
        ["wide"] = new string('W', 400),
        ["megabyte"] = new string('x', Megabyte),
        ["megabyte of markup"] = string.Concat(Enumerable.Repeat("<b>\u001b", Megabyte / 4)),
        ["empty"] = "",
        ["blank"] = "   ",
    };

    private static readonly Dictionary<string,
        byte[]> Names = new(Texts.Select(text => KeyValuePair.Create(text.Key, Encoding.UTF8.GetBytes(text.Value))))
        {
            ["lone continuation"] = [.. "a"u8, 0x80, 0xbf],
            ["overlong"] = [0xc0, 0xaf, 0xe0, 0x80, 0xaf],
            ["surrogates in utf-8"] = [0xed, 0xa0, 0x80, 0xed, 0xb0, 0x80],
            ["cut off"] = [.. "caf"u8, 0xc3],
            ["beyond unicode"] = [0xf5, 0x80, 0x80, 0x80, 0xff, 0xfe],
            ["marshal"] = [0x04, 0x08, .. "I:\x0ename"u8, 0x06, 0x3a, 0x06],
            ["random"] = [.. Enumerable.Range(0, 256).Select(one => (byte)one)],
        };

    /// <summary>The texts by name, as rows of a theory.</summary>
    public static TheoryData<string> Each => [.. Texts.Keys];

    /// <summary>The texts as UTF-8, and bytes that are not UTF-8, by name, as rows of a theory.</summary>
    public static TheoryData<string> EachName => [.. Names.Keys];

    public static IEnumerable<string> All => Texts.Values;

    public static IEnumerable<byte[]> AllNames => Names.Values;

    public static string Text(string name) => Texts[name];

    public static byte[] Name(string name) => Names[name];
}
