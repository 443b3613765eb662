using System.Text;

namespace Dashboard.Access.Bootstrap;

/// <summary>
/// Where the first owner's link is shown: on the terminal of the person who started the console, and nowhere that is kept.
/// </summary>
/// <param name="WhyNot">Why nothing is shown here, to follow "because"; null where a person alone sees it.</param>
internal sealed record BootstrapTerminal(string? WhyNot)
{
    /// <summary>The session's own terminal, whatever the standard streams lead to.</summary>
    public string Path { get; init; } = "/dev/tty";

    /// <summary>Commands for this console are run in its container.</summary>
    public bool IsInContainer { get; init; }

    public static BootstrapTerminal OfThisProcess()
    {
        var context = LaunchContext.OfThisProcess();
        return new(context.WhyKept) { IsInContainer = context.IsContainer };
    }

    /// <returns>Null where nothing is shown, or there is no terminal.</returns>
    public TextWriter? Open()
    {
        if (WhyNot is not null)
        {
            return null;
        }

        try
        {
            return new StreamWriter(
                new FileStream(Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0),
                new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return null;
        }
    }
}
