namespace Dashboard.Valkey.Resp;

/// <summary>The lists we are inside of while an answer is followed.</summary>
internal sealed class RespNestingTracker
{
    /// <summary>
    /// Lists in lists at most: a log of entries with their arguments, and one to spare. The library reads them by recursion.
    /// </summary>
    public const int Deepest = 4;

    private readonly int[] _left = new int[Deepest];
    private int _depth;

    /// <param name="parts">At least one.</param>
    /// <returns>False when it would be too deep.</returns>
    public bool Open(int parts)
    {
        if (_depth == Deepest)
        {
            return false;
        }

        _left[_depth++] = parts;
        return true;
    }

    /// <summary>A part is over, and with the last one its list, which is a part itself.</summary>
    public void Close()
    {
        while (_depth > 0 && --_left[_depth - 1] == 0)
        {
            _depth--;
        }
    }
}
