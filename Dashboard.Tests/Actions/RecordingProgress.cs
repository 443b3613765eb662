namespace Dashboard.Actions;

/// <summary>Records the progress that is reported, and stops when the test says so.</summary>
internal sealed class RecordingProgress : IRunProgress
{
    public List<(long Done, long? Of, string Says)> Told { get; } = [];

    public Run Run { get; init; } =
        Run.Of(
            new(Guid.NewGuid(), "probe", Given.Instance(Dashboard.Instances.Purposes.Purpose.Cache), "abc", Given.Start), "guest",
            Given.Start);

    public bool IsEnding { get; set; }

    public string? Stop { get; set; }

    public void Report(long done, long? of, string says = "") => Told.Add((done, of, says));
}
