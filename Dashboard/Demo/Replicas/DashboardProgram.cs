namespace Dashboard.Demo.Replicas;

/// <summary>How the programs of the demo are started: by the host that runs this one, from the files beside it.</summary>
internal static class DashboardProgram
{
    private const string DotNet = "dotnet";

    /// <summary>The <c>dotnet</c> that runs this program, or the first one in PATH where it was started without.</summary>
    public static string Host =>
        Environment.ProcessPath is { } process && Path.GetFileName(process) == DotNet ? process : DotNet;

    public static string File => Beside($"{typeof(DashboardProgram).Assembly.GetName().Name}.dll");

    public static string Beside(string file) => Path.Combine(AppContext.BaseDirectory, file);
}
