namespace Dashboard.Valkey;

/// <summary>One page of a walk over the keys of a database.</summary>
/// <param name="Cursor">Where the next page begins; <see cref="Start"/> once the walk is over. Opaque, and good for this server
/// alone.</param>
/// <param name="Seen">How many keys this page showed; none at all is normal.</param>
/// <param name="Done">To how many of them it was done.</param>
internal readonly record struct ScanPage(string Cursor, long Seen, long Done)
{
    public const string Start = "0";

    public bool IsLast => Cursor == Start;
}
