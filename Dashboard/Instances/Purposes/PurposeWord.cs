namespace Dashboard.Instances.Purposes;

/// <summary>A purpose in a sentence, a file or an answer: <c>cache</c>.</summary>
internal static class PurposeWord
{
    public static string Word(this Purpose purpose) => purpose.ToString().ToLowerInvariant();
}
