namespace Dashboard.Configuration;

/// <summary>Collects what is wrong with the settings, so that a person fixes all of it at once.</summary>
internal sealed class SettingErrors
{
    private readonly List<string> _sentences = [];

    public IReadOnlyList<string> Sentences => _sentences;

    /// <param name="key">The setting's full name, e.g. <c>Dashboard:Instances:cache:Url</c>.</param>
    /// <param name="wrongAndRemedy">What is wrong and what to write instead. Never a secret.</param>
    public void Add(string key, string wrongAndRemedy) => _sentences.Add($"{key}: {wrongAndRemedy}");
}
