namespace Dashboard.Valkey.Resp;

/// <summary>Checks RESP 2 answers on their way to the client library, and stops what no server sends before the library reads it.</summary>
/// <remarks>
/// The library (3.4.35) takes an answer of any length, reads beyond its memory when one claims <c>$2147483647</c>, and overflows its stack
/// on deeply nested lists: each of these ends the whole process, and no catch prevents it.
/// The check is strict where readers differ (line ends, signs, leading zeros), so that both read the same answers from the same bytes.
/// </remarks>
internal sealed class RespValidator
{
    /// <summary>
    /// The most bytes between two questions: room for the largest INFO that is read, and for the longest list of channels.
    /// </summary>
    public const int MaxAnswer = 2 * RespClient.MaxValue;

    /// <summary>The most parts of a list; channels are listed only when they are few.</summary>
    public const int MaxParts = 100_000;

    private readonly RespNestingTracker _lists = new();
    private Step _step = Step.Kind;
    private Step _afterLine;
    private bool _isList;
    private bool _isNone;
    private int _digits;
    private int _number;
    private long _received;

    /// <summary>The position in an answer.</summary>
    private enum Step
    {
        /// <summary>At its first byte.</summary>
        Kind,

        /// <summary>At the first byte of a list's first part: nothing has ended yet.</summary>
        First,

        /// <summary>In a line of text, or in a number that is not a length.</summary>
        Text,

        /// <summary>In the length of a value or a list.</summary>
        Number,

        /// <summary>In a value.</summary>
        Value,

        /// <summary>At the CR of a line's end.</summary>
        Return,

        /// <summary>At its LF.</summary>
        Feed,
    }

    /// <summary>Begins a new answer: what is received from now on answers the question just asked.</summary>
    public void Asked() => Interlocked.Exchange(ref _received, 0);

    /// <exception cref="IOException">The bytes are not a valid answer.</exception>
    public void Validate(ReadOnlySpan<byte> bytes)
    {
        Require(Interlocked.Add(ref _received, bytes.Length) <= MaxAnswer);
        while (!bytes.IsEmpty)
        {
            bytes = bytes[Take(bytes)..];
        }
    }

    /// <returns>How many bytes belonged to this step; 0 when it turned out to be over.</returns>
    private int Take(ReadOnlySpan<byte> bytes)
    {
        switch (_step)
        {
            case Step.Kind:
                return Begin(bytes[0]);
            case Step.Text:
                var end = bytes.IndexOfAny((byte)'\r', (byte)'\n');
                return end < 0 ? bytes.Length : EndLine(end, Step.Kind);
            case Step.Number:
                return bytes[0] == '\r' ? EndNumber() : Digit((char)bytes[0]);
            case Step.Value:
                var taken = Math.Min(_number, bytes.Length);
                _number -= taken;
                return _number > 0 ? taken : EndLine(taken, Step.Kind);
            case Step.Return:
                return MoveTo(bytes[0] == '\r', Step.Feed);
            default:
                return Feed(bytes[0]);
        }
    }

    private int Begin(byte kind)
    {
        (_isList, _isNone, _digits, _number) = (kind == '*', false, 0, 0);
        return MoveTo(
            kind is (byte)'+' or (byte)'-' or (byte)':' or (byte)'$' or (byte)'*',
            kind is (byte)'$' or (byte)'*' ? Step.Number : Step.Text);
    }

    /// <summary>Reads a character of <c>0</c>, <c>17</c> or <c>-1</c>, which means that there is no value.</summary>
    private int Digit(char digit)
    {
        var isSign = digit == '-' && _digits == 0 && !_isNone;
        _isNone |= isSign;
        Require(isSign || (char.IsAsciiDigit(digit) && (_digits == 0 || _number > 0)));
        _digits += isSign ? 0 : 1;
        _number = isSign ? 0 : (10 * _number) + (digit - '0');
        Require(_number <= (_isNone ? 1 : _isList ? MaxParts : MaxAnswer));
        return 1;
    }

    private int EndNumber()
    {
        Require(_digits > 0 && (!_isNone || _number == 1));
        var opens = _isList && !_isNone && _number > 0;
        Require(!opens || _lists.Open(_number));
        return EndLine(0, opens ? Step.First : _isList || _isNone ? Step.Kind : Step.Value);
    }

    private int EndLine(int taken, Step then)
    {
        (_step, _afterLine) = (Step.Return, then);
        return taken;
    }

    private int Feed(byte feed)
    {
        if (_afterLine == Step.Kind)
        {
            _lists.Close();
        }

        return MoveTo(feed == '\n', _afterLine == Step.First ? Step.Kind : _afterLine);
    }

    private int MoveTo(bool isAllowed, Step next)
    {
        Require(isAllowed);
        _step = next;
        return 1;
    }

    private static void Require(bool holds)
    {
        if (!holds)
        {
            throw new IOException("This is not an answer of a server.");
        }
    }
}
