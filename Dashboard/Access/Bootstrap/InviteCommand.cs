using System.Text.RegularExpressions;
using Dashboard.Configuration;
using Dashboard.Hosting.Edge;
using Dashboard.Storage;

namespace Dashboard.Access.Bootstrap;

/// <summary>
/// Builds the command that shows a link for the first owner, to be copied from the log. It states all it needs, because the shell that runs
/// it may not have the console's settings.
/// </summary>
/// <param name="root">The folder of the console's <c>appsettings.json</c>. The command reads that file, and none of the folder it is run
/// in.</param>
internal sealed partial class InviteCommand(ConsoleFiles files, EdgeSettings edge, string root)
{
    private const string Section = DashboardOptions.Section;

    /// <param name="address">The address at which the console listens, for a link without <c>Dashboard:PublicUrl</c>; null where it is not
    /// known.</param>
    public string Line(string? address) => string.Join(' ', Arguments(address).Select(Quoted));

    /// <summary>The arguments; an option is included only where the command's default would differ.</summary>
    private IEnumerable<string> Arguments(string? address)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(files.Database))!;
        return
        [
            .. Program(), OwnerCommand.Word, OwnerCommand.Invite, $"--{HostDefaults.ContentRootKey}={root}",
            $"--{Section}:{nameof(DashboardOptions.DataFolder)}={folder}",
            .. files.AuditHead == Path.Combine(folder, "audit.head")
                ? Array.Empty<string>()
                : [$"--{Section}:{nameof(DashboardOptions.AuditHeadFile)}={Path.GetFullPath(files.AuditHead)}"],
            .. files.AuditKey is { } key
                ? [$"--{Section}:{nameof(DashboardOptions.AuditKeyFile)}={Path.GetFullPath(key)}"]
                : Array.Empty<string>(),
            .. (edge.Address.Url?.ToString() ?? address)?.TrimEnd('/') is { } url
                ? [$"--{Section}:{nameof(DashboardOptions.PublicUrl)}={url}"]
                : Array.Empty<string>(),
        ];
    }

    /// <summary>The program's own file, or the host that runs it.</summary>
    private static string[] Program()
    {
        const string host = "dotnet";
        var (process, name) = (Environment.ProcessPath ?? host, typeof(InviteCommand).Assembly.GetName().Name!);
        var library = Path.Combine(AppContext.BaseDirectory, $"{name}.dll");
        return Path.GetFileName(process) switch
        {
            var file when file == name => [process],
            host => [process, library],
            _ => [host, library],
        };
    }

    private static string Quoted(string word) => Safe().IsMatch(word) ? word : $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    [GeneratedRegex(@"^[A-Za-z0-9_./:=@%+,-]+\z")]
    private static partial Regex Safe();
}
