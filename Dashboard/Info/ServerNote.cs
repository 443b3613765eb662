namespace Dashboard.Info;

/// <summary>A quiet remark about a server's version. Never an alarm: a distribution's package may be fixed without saying so.</summary>
/// <param name="Sentence">For a person, one or two sentences.</param>
public sealed record ServerNote(ServerNoteKind Kind, string Sentence);
