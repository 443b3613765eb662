namespace Dashboard.Demo;

/// <summary>The passwords of one demo server, new at each start.</summary>
/// <param name="Application">Of the default user: the demo's traffic and whoever runs <c>cli</c>.</param>
internal sealed record DemoPasswords(string Application, string Watch, string Act)
{
    public static DemoPasswords New() => new(DemoFolder.NewPassword(), DemoFolder.NewPassword(), DemoFolder.NewPassword());

    /// <summary>Never shown, whoever writes the record into a text.</summary>
    public override string ToString() => "•••";
}
