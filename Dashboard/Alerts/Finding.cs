using Dashboard.Instances;

namespace Dashboard.Alerts;

/// <summary>What an alert rule finds on an instance now.</summary>
/// <param name="Rule">Id of the rule, stable.</param>
/// <param name="Status">Two or three words for the card's chip, e.g. <c>not answering</c>.</param>
/// <param name="Sentence">What is wrong and what it means for users.</param>
/// <param name="Remedy">What to do, or a line to copy.</param>
/// <param name="Standing">Whether it stays as a banner until it is fixed, whatever else happens.</param>
public sealed record Finding(
    string Rule, InstanceId Instance, Severity Severity, string Status, string Sentence, string Remedy, bool Standing = false)
{
    /// <summary>Whether it may be over in a moment: its card says it, and nobody is called for it.</summary>
    public bool Tentative { get; init; }

    /// <summary>Further sentences, one thought each, for a reader with more time.</summary>
    public IReadOnlyList<string> Details { get; init; } = [];
}
