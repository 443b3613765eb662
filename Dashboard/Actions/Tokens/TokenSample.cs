namespace Dashboard.Actions.Tokens;

/// <summary>How well one kind of token fits what a server holds, from some of its keys.</summary>
/// <param name="Scanned">About how many keys were looked at.</param>
/// <param name="Fitting">How many of them are of this kind and have a value of the declared form.</param>
/// <param name="Other">How many are of this kind and have a value of another form, by form.</param>
public sealed record TokenSample(TokenKind Kind, long Scanned, long Fitting, IReadOnlyList<(string Form, long Count)> Other)
{
    /// <summary>E.g. <c>540 of about 600 keys, all with a value of the declared form</c>.</summary>
    public string Sentence
    {
        get
        {
            var (other, keys) = (Other.Sum(form => form.Count), $"about {CountText.Keys(Scanned)}");
            var forms = string.Join(", ", Other.Select(form => $"{CountText.Text(form.Count)} {form.Form}"));
            return (Fitting, other) switch
            {
                (0, 0) => $"none of {keys}: check the pattern",
                (_, 0) => $"{CountText.Text(Fitting)} of {keys}, all with a value of the declared form",
                _ => $"{CountText.Text(Fitting + other)} of {keys}; the value has another form than declared in {CountText.Text(other)}: "
                    + forms,
            };
        }
    }
}
