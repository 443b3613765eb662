using Dashboard.Access.Administration;

namespace Dashboard.KeptFiles.Making;

/// <summary>Restores a backup of console.db, and lets the owner acknowledge that audit rows are lost.</summary>
internal sealed class RestoreSteps(Maker maker)
{
    /// <summary>Makes a backup, writes rows that it does not have, and restores it. No console may be running.</summary>
    public async Task RestoreAsync()
    {
        KeptSet.Copy(maker.Data, maker.Backup);
        await SignInAsync();
        foreach (var file in Directory.GetFiles(maker.Data, "console.db*"))
        {
            File.Delete(file);
        }

        File.Copy(Path.Combine(maker.Backup, "console.db"), Path.Combine(maker.Data, "console.db"));
    }

    public async Task AcknowledgeAsync(MakerConsole console)
    {
        using var owner = await console.OwnerAsync(maker.Passwords["owner"]);
        var refusal = await console.Service<RestoreAcknowledger>().AcknowledgeAsync(
            owner.Session, "the disk failed, and a backup was put back", TestContext.Current.CancellationToken);
        Assert.Null(refusal?.Sentence);
    }

    private async Task SignInAsync()
    {
        await using var console = maker.Open();
        using var owner = await console.OwnerAsync(maker.Passwords["owner"]);
    }
}
