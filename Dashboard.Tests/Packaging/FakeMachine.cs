using System.Diagnostics;
using Dashboard.Servers;

namespace Dashboard.Packaging;

/// <summary>A machine that has only the programs a test gives it, for running <c>setup/install</c> without touching this one.</summary>
internal sealed class FakeMachine : IDisposable
{
    private readonly TestFolder _folder = new();

    public FakeMachine(string osRelease, int userId)
    {
        File.WriteAllText(_folder.File("os-release"), osRelease);
        _folder.Make("bin");
        foreach (var real in new[] { "awk", "bash", "dirname", "sed" })
        {
            File.CreateSymbolicLink(BinFile(real), Find(real));
        }

        Add("id", $"echo {userId}");
        Add("apt-get", Recorded("apt-get"));
        Add("apt-cache", "exit 0");
        Add("dpkg", $"exec {Find("dpkg")} \"$@\"");
    }

    /// <summary>The calls of the fake programs, one per line.</summary>
    public string Calls => File.Exists(_folder.File("calls")) ? File.ReadAllText(_folder.File("calls")) : "";

    public FakeMachine Add(string program, string script)
    {
        File.WriteAllText(_folder.File("script"), $"#!/bin/sh\n{script}\n");
        // Not written by this process: a program that another test starts at the same time inherits the open files, and a file that is open
        // for writing cannot be run.
        using var copying = Process.Start("install", ["-m", "700", _folder.File("script"), BinFile(program)]);
        copying.WaitForExit();
        Assert.Equal(0, copying.ExitCode);
        return this;
    }

    /// <summary>The script of a program that only leaves a line in <see cref="Calls"/>.</summary>
    public string Recorded(string program) => $"echo {program} \"$@\" >>'{_folder.File("calls")}'";

    public Task<Shell.Outcome> InstallAsync(params string[] needs) => Shell.RunAsync(
        [BinFile("bash"), Repository.PathOf("setup", "install"), .. needs],
        new Dictionary<string, string> { ["PATH"] = _folder.File("bin"), ["OS_RELEASE_FILE"] = _folder.File("os-release") });

    public void Dispose() => _folder.Dispose();

    private string BinFile(string name) => Path.Combine(_folder.File("bin"), name);

    private static string Find(string program) =>
        Demo.ServerProgram.Find(program) ?? throw new InvalidOperationException($"{program} is not in PATH.");
}
