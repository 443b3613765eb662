using Dashboard.Instances;
using Dashboard.Realtime.Presence;
using Dashboard.Text;

namespace Dashboard.Components.Presence;

/// <summary>What pages say of the others who have an instance's page open. Pure.</summary>
internal static class PresenceText
{
    /// <summary>The maximum number of people who are named.</summary>
    public const int MaxNamed = 3;

    /// <summary>E.g. <c>2 others here</c>, or <c>2 others, about to act</c>.</summary>
    public static string Count(IReadOnlyList<Viewer> others) =>
        (others.Count == 1 ? "1 other" : $"{others.Count} others")
        + (others.Any(one => one.Acting is not null) ? ", about to act" : " here");

    /// <summary>E.g. <c>ben and mia are looking at cache. ben is about to flush the cache.</c></summary>
    /// <param name="others">At least one, each person once.</param>
    public static string Sentence(IReadOnlyList<Viewer> others, InstanceId instance)
    {
        List<string> names = [.. others.Take(MaxNamed).Select(NameOf)];
        if (others.Count > MaxNamed)
        {
            names.Add(others.Count - MaxNamed == 1 ? "1 other" : $"{others.Count - MaxNamed} others");
        }

        IEnumerable<string> sentences =
        [
            $"{EnglishList.Of(names)} {(others.Count == 1 ? "is" : "are")} looking at {instance}.",
            .. others.Where(one => one.Acting is not null).Take(MaxNamed)
                .Select(one => $"{NameOf(one)} has the dialog open to {one.Acting}."),
        ];
        return string.Join(' ', sentences);
    }

    private static string NameOf(Viewer viewer) => SafeText.Of(viewer.Person, 40);
}
