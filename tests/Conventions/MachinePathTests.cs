using System.Diagnostics;
using Dunning.Local;

namespace Dunning.Tests.Conventions;

/// <summary>
/// No file names a folder of the developer's machine or its package registry, so that a clone works anywhere.
/// </summary>
public sealed class MachinePathTests
{
    /// <summary>Split in two, otherwise this file would match.</summary>
    private static readonly string[] _needles =
    [
        "/wo" + "rk/",
        "/opt/" + "nuget",
        "/tmp" + "/w/",
        "/root/." + "nuget",
        "api.nuget" + ".org",
        "registry.npmjs" + ".org",
        "registry.yarnpkg" + ".com",
        "files.pythonhosted" + ".org",
        "npm.pkg.github" + ".com",
        "nuget.pkg.github" + ".com",
        "pkgs.dev.azure" + ".com",
    ];

    [CloneFact]
    public void No_file_in_git_names_this_machine_or_a_package_registry()
    {
        var files = Tracked();

        Assert.Contains("host.json", files);
        ScanAssert.Empty(
            files
                .Where(file => File.Exists(Path.Combine(Repository.Root, file)))
                .SelectMany(file => NeedlesIn(Sources.Text(file)).Select(needle => $"{file}: {needle}"))
        );
    }

    [Fact]
    public void A_machine_path_or_a_registry_is_noticed()
    {
        Assert.Single(NeedlesIn("cd /wo" + "rk/main"));
        Assert.Single(NeedlesIn("\"resolved\": \"https://Registry.npmjs" + ".org/azurite\""));
        Assert.Empty(NeedlesIn("a binary file \0 /wo" + "rk/"));
        Assert.Empty(NeedlesIn("npm ci; dotnet nuget add; https://www.nuget.org/packages/Twilio"));
    }

    private static IEnumerable<string> NeedlesIn(string text) =>
        text.Contains('\0', StringComparison.Ordinal)
            ? []
            : _needles.Where(needle => text.Contains(needle, StringComparison.OrdinalIgnoreCase));

    private static string[] Tracked()
    {
        using var git = Process.Start(
            new ProcessStartInfo("git", ["-c", "safe.directory=*", "ls-files", "-z"])
            {
                WorkingDirectory = Repository.Root,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var files = git.StandardOutput.ReadToEnd().Split('\0', StringSplitOptions.RemoveEmptyEntries);
        git.WaitForExit();
        return git.ExitCode == 0
            ? files
            : throw new InvalidOperationException($"git ls-files failed: {git.StandardError.ReadToEnd()}");
    }
}
