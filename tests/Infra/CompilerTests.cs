using Dunning.Local;

namespace Dunning.Tests.Infra;

/// <summary>The build runs the Bicep compiler and treats its warnings and those of its linter as errors.</summary>
[Trait("Category", "Long")]
public sealed class CompilerTests
{
    private static readonly (string File, string Text, string Wrong, string Finding)[] _mistakes =
    [
        ("modules/storage.bicep", "accessTier:", "accesTier:", "Warning BCP089: The property \"accesTier\""),
        ("modules/network.bicep", "location: location", "location: region", "Error BCP057: The name \"region\""),
        ("modules/email-events.bicep", "'StorageQueue'", "'Queue'", "Warning BCP036: The property \"endpointType\""),
        (
            "modules/identity.bicep",
            "param tags object",
            "param tags object\nparam x string = ''",
            "Error no-unused-params: Parameter \"x\""
        ),
        ("modules/monitoring.bicep", "2020-02-02", "2020-02-03", "Warning BCP081"),
        (
            "main.bicep",
            "    dailyCapGb: logDailyCapGb\n",
            "",
            "missing the following required properties: \"dailyCapGb\""
        ),
    ];

    [Fact]
    public async Task What_the_compiler_says_fails_the_build()
    {
        using var copy = new TemporaryFolder();
        var source = Path.Combine(Repository.Root, "infra");
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(source, file).Replace('\\', '/');
            if (!name.StartsWith("obj/", StringComparison.Ordinal))
                copy.Write(name, Planted(name, await File.ReadAllTextAsync(file)));
        }

        // Only this project is certainly restored when its tests run; bicep.proj may not be.
        var project = Path.Combine(Repository.Root, "tests", "Dunning.Functions.Tests.csproj");
        var (code, output) = await Shell.RunAsync(
            "dotnet",
            "msbuild",
            project,
            "-nologo",
            "-t:CompileBicep",
            $"-p:BicepFolder={copy.Path}/"
        );

        Assert.NotEqual(0, code);
        var errors = output.Split('\n').Where(line => line.Contains("error : ", StringComparison.Ordinal)).ToList();
        Assert.All(
            _mistakes,
            mistake => Assert.Contains(errors, error => error.Contains(mistake.Finding, StringComparison.Ordinal))
        );
        Assert.False(File.Exists(Path.Combine(copy.Path, "obj", "main.json")));
    }

    /// <summary>The compiler does not read a file that no other file references.</summary>
    [Fact]
    public async Task Main_bicep_uses_every_module()
    {
        var source = Path.Combine(Repository.Root, "infra");
        var main = await File.ReadAllTextAsync(Path.Combine(source, "main.bicep"));
        var modules = Directory.EnumerateFiles(Path.Combine(source, "modules")).Select(Path.GetFileName);

        Assert.All(modules, module => Assert.Contains($"'modules/{module}'", main, StringComparison.Ordinal));
    }

    private static string Planted(string name, string text)
    {
        foreach (var (_, right, wrong, _) in _mistakes.Where(mistake => mistake.File == name))
        {
            Assert.Contains(right, text, StringComparison.Ordinal);
            text = text.Replace(right, wrong, StringComparison.Ordinal);
        }
        return text;
    }
}
