namespace Dashboard.Actions.Tokens.Sockets;

/// <summary>A cable with ActionCable 7.1 or newer, where there is one.</summary>
public sealed class CableOfNewerRails() : CableOfRails(newer: true)
{
    private static readonly Version Least = new(7, 1);

    /// <summary>Skips the test where ActionCable is older; in continuous integration that is a failure.</summary>
    internal void RequireNewer() => Assert.SkipWhen(
        Rails.Version < Least,
        $"This needs ActionCable 7.1 or newer, and here is {Rails.Version}. On Debian 12, setup/install newer-rails fetches 7.2 from "
            + "Debian 13 and says what is in the way.");
}
