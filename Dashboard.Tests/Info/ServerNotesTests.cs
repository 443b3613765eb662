namespace Dashboard.Info;

/// <summary>Notes on versions: what upstream fixed, and the licence.</summary>
public class ServerNotesTests
{
    [Theory]
    [InlineData("Valkey", "8.0.1", "Security", "fixed in 8.0.6")]
    [InlineData("Valkey", "8.0.5", "Security", "fixed in 8.0.6")]
    [InlineData("Valkey", "8.0.6", "", "")]
    [InlineData("Valkey", "8.0.11", "", "")]
    [InlineData("Valkey", "8.1.3", "Security", "fixed in 8.1.4")]
    [InlineData("Valkey", "8.1.10", "", "")]
    [InlineData("Valkey", "7.2.10", "Security", "fixed in 7.2.11")]
    [InlineData("Valkey", "9.0.0", "", "")]
    [InlineData("Redis", "5.0.14", "Unsupported", "no longer fixes Redis 5.0")]
    [InlineData("Redis", "6.2.20", "", "")]
    [InlineData("Redis", "7.0.15", "Unsupported", "Your package may contain the fixes")]
    [InlineData("Redis", "7.2.4", "Security", "fixed in 7.2.11")]
    [InlineData("Redis", "7.2.11", "", "")]
    [InlineData("Redis", "7.4.5", "Security Licence", "RSALv2 or SSPLv1,")]
    [InlineData("Redis", "7.4.6", "Licence", "not BSD")]
    [InlineData("Redis", "8.0.4", "Licence", "RSALv2, SSPLv1 or AGPLv3")]
    [InlineData("Redis", "8.2.1", "Security Licence", "fixed in 8.2.2")]
    [InlineData("Redis", "8.6.3", "Licence", "Redis 8.6 is licensed")]
    [InlineData("Redis", "255.255.255", "Licence", "")]
    [InlineData("Redis", "7", "", "")]
    [InlineData("Redis", "7.4", "", "")]
    [InlineData("Redis", "8.0.0-rc1", "", "")]
    [InlineData("Redis", "", "", "")]
    [InlineData("Redis", null, "", "")]
    [InlineData("Server", "7.0.0", "", "")]
    public void Notes_OfAVersion(string product, string? version, string kinds, string says)
    {
        var notes = ServerNotes.Of(new ServerFacts(product, version, null, null, null));

        Assert.Equal(kinds, string.Join(' ', notes.Select(note => note.Kind)));
        Assert.Contains(says, string.Join(' ', notes.Select(note => note.Sentence)), StringComparison.Ordinal);
        Assert.All(notes, note => Assert.Matches("^[A-Z].*[^. ][.]$", note.Sentence));
    }

    [Theory]
    [InlineData("valkey-8.0.1-session", ServerNoteKind.Security)]
    [InlineData("redis-7.0.15-session", ServerNoteKind.Unsupported)]
    public void Notes_OfARecordedServer_AreDatedAndClaimNothingOfThePackage(string recording, ServerNoteKind kind)
    {
        var note = Assert.Single(ServerNotes.Of(Recorded.Snapshot(recording).Server));

        Assert.Equal(kind, note.Kind);
        Assert.Contains("as of 2026-08-31", note.Sentence, StringComparison.Ordinal);
        Assert.Contains("Upstream", note.Sentence, StringComparison.Ordinal);
    }
}
