namespace Dashboard.Info;

/// <summary>
/// One line of INFO as it was written, e.g. section <c>Memory</c>, name <c>used_memory</c>, value <c>2872360</c>. It may be any text at
/// all: show it only through <see cref="Text.SafeText"/>.
/// </summary>
public sealed record InfoField(string Section, string Name, string Value);
