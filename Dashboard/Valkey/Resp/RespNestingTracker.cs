namespace Dashboard.Valkey.Resp;

/// <summary>The lists that contain the current position in an answer.</summary>
internal sealed class RespNestingTracker
{
    /// <summary>
    /// The deepest nesting of lists: a log of entries with their arguments, and one to spare. The library reads them by recursion.
    /// </summary>
    public const int MaxDepth = 4;

    private readonly int[] _left = new int[MaxDepth];
    private int _depth;

    /// <param name="parts">The number of parts, at least 1.</param>
    /// <returns>False when the list would be nested too deep.</returns>
    public bool Open(int parts)
    {
        if (_depth == MaxDepth)
        {
            return false;
        }

        _left[_depth++] = parts;
        return true;
    }

    /// <summary>Ends a part, and after the last part its list, which is a part itself.</summary>
    public void Close()
    {
        while (_depth > 0 && --_left[_depth - 1] == 0)
        {
            _depth--;
        }
    }
}
