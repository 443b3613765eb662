namespace Dashboard.Text;

/// <summary>Writes a length of time in one unit: <c>4 s</c>, <c>12 min</c>, <c>19 h</c>, <c>12 d</c>.</summary>
internal static class DurationText
{
    public static string Text(TimeSpan age) => age switch
    {
        { TotalSeconds: < 60 } => $"{Math.Max(0, Math.Floor(age.TotalSeconds)):0} s",
        { TotalMinutes: < 60 } => $"{Math.Floor(age.TotalMinutes):0} min",
        { TotalHours: < 48 } => $"{Math.Floor(age.TotalHours):0} h",
        _ => $"{Math.Floor(age.TotalDays):0} d",
    };
}
