using Dunning.Local;

namespace Dunning.Tests.Infra;

/// <summary>Every hook can be parsed; PreprovisionTests and PostdeployTests run theirs.</summary>
public sealed class HookTests
{
    private const string ParseFile = """
        $errors = $null
        [void][System.Management.Automation.Language.Parser]::ParseFile($args[0], [ref]$null, [ref]$errors)
        $errors | Write-Output
        exit $errors.Count
        """;

    [NeedsCommandFact("sh")]
    public async Task Sh_can_read_the_hooks_and_no_broken_one()
    {
        using var folder = new TemporaryFolder();

        Assert.NotEqual(0, (await Shell.RunAsync("sh", "-n", folder.Write("broken.sh", "if true; then echo\n"))).Code);
        foreach (var hook in Hooks("*.sh"))
            Assert.Equal((0, ""), await Shell.RunAsync("sh", "-n", hook));
    }

    [NeedsCommandFact("pwsh")]
    public async Task PowerShell_can_read_the_hooks_and_no_broken_one()
    {
        using var folder = new TemporaryFolder();
        var parse = folder.Write("parse.ps1", ParseFile);
        var broken = folder.Write("broken.ps1", "if ($true) {");

        Assert.NotEqual(0, (await Shell.RunAsync("pwsh", "-NoProfile", "-File", parse, broken)).Code);
        foreach (var hook in Hooks("*.ps1"))
            Assert.Equal((0, ""), await Shell.RunAsync("pwsh", "-NoProfile", "-File", parse, hook));
    }

    private static string[] Hooks(string pattern)
    {
        var hooks = Directory.GetFiles(Path.Combine(Repository.Root, "infra", "hooks"), pattern);
        Assert.NotEmpty(hooks);
        return hooks;
    }
}
