namespace Dashboard.Info;

/// <summary>
/// A remark about a server's version. It is never an alarm: a distribution's package may have the fix without showing it.
/// </summary>
/// <param name="Sentence">For a person, one or two sentences.</param>
public sealed record ServerNote(ServerNoteKind Kind, string Sentence);
