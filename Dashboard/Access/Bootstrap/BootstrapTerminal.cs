using System.Text;

namespace Dashboard.Access.Bootstrap;

/// <summary>The terminal of the person who started the console. The first owner's link is shown there, and nowhere that is kept.</summary>
/// <param name="WhyNot">Why nothing is shown here, to follow "because"; null where only a person sees it.</param>
internal sealed record BootstrapTerminal(string? WhyNot)
{
    /// <summary>The terminal of the session, wherever the standard streams lead.</summary>
    public string Path { get; init; } = "/dev/tty";

    /// <summary>The console runs in a container, and so do commands for it.</summary>
    public bool IsInContainer { get; init; }

    public static BootstrapTerminal OfThisProcess()
    {
        var context = LaunchContext.OfThisProcess();
        return new(context.WhyKept) { IsInContainer = context.IsContainer };
    }

    /// <returns>The terminal; null where nothing is shown, or there is none.</returns>
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
