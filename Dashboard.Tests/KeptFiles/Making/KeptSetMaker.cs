using System.Globalization;

namespace Dashboard.KeptFiles.Making;

/// <summary>Makes a set: consoles of the present build do over real servers everything that the files have a row for.</summary>
/// <remarks>It runs only when it is asked for: <c>-explicit only</c>.</remarks>
[Trait("Needs", "Server")]
public sealed class KeptSetMaker
{
    /// <summary>Names the set, e.g. <c>2026-11b</c>, when its name should not be the present month.</summary>
    private const string Variable = "DASHBOARD_KEPT_SET";

    private static string Name =>
        Environment.GetEnvironmentVariable(Variable) ?? TimeProvider.System.GetUtcNow().ToString("yyyy-MM", CultureInfo.InvariantCulture);

    [Fact(Explicit = true)]
    public async Task Set_IsMade()
    {
        var folder = new KeptSet(Name).Folder;
        Assert.False(Directory.Exists(folder), $"{folder} exists, and a set is never changed. Name another in {Variable}.");
        await using var maker = await Maker.StartAsync();

        await ManageAccessAsync(maker);
        await new RestoreSteps(maker).RestoreAsync();
        await ActAsync(maker, folder);

        Assert.True(Directory.Exists(folder));
    }

    private static async Task ManageAccessAsync(Maker maker)
    {
        await using (var console = maker.Open())
        {
            await new AccountSteps(maker, console).RunAsync();
            await new TokenSteps(maker, console).RunAsync();
            await new ReadingSteps(maker).WatchAsync(3);
        }

        maker.Clock.Advance(TimeSpan.FromHours(1));
    }

    private static async Task ActAsync(Maker maker, string folder)
    {
        await using var console = maker.Open();
        var readings = new ReadingSteps(maker);
        await new RestoreSteps(maker).AcknowledgeAsync(console);
        await readings.WatchAsync(5);
        maker.Clock.Advance(TimeSpan.FromMinutes(50));
        await readings.MarkAsync();
        maker.Clock.Advance(TimeSpan.FromMinutes(40));

        using var owner = await new SessionSteps(maker, console).RunAsync();
        var runs = new RunSteps(maker, console, owner);
        await runs.RunAsync();
        await new OpenFlushSteps(maker, console, runs, owner).RunAsync();
        SetWriter.Write(maker, folder);
        maker.Servers.Release();
    }
}
