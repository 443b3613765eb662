namespace Dashboard.Demo;

/// <summary>The passwords of one demo server, new at each start.</summary>
/// <param name="Application">The default user's password: for the demo's traffic, and for a person who runs <c>cli</c>.</param>
internal sealed record DemoPasswords(string Application, string Watch, string Act, string Backplane)
{
    public static DemoPasswords New() =>
        new(DemoFolder.NewPassword(), DemoFolder.NewPassword(), DemoFolder.NewPassword(), DemoFolder.NewPassword());

    /// <summary>Never shown, even where the record is formatted as text.</summary>
    public override string ToString() => "•••";
}
