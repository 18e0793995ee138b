using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Dunning.Tests.Conventions;

public sealed partial class SolutionTests
{
    private static readonly XElement s_functions = XElement.Parse(Sources.Text("functions/Dunning.Functions.csproj"));

    private static readonly XElement s_packages = XElement.Parse(Sources.Text("Directory.Packages.props"));

    [Fact]
    public void The_folder_that_azd_publishes_has_one_project()
    {
        var projects = Directory.EnumerateFiles(Sources.FunctionsFolder, "*.*proj", SearchOption.AllDirectories).Select(Path.GetFileName);

        Assert.Equal(["Dunning.Functions.csproj"], projects.Where(name => name != "WorkerExtensions.csproj"));
    }

    [Theory]
    [InlineData("Debug", "local/Dunning.Local.csproj", "tests/Dunning.Functions.Tests.csproj")]
    [InlineData("Release", "functions/Dunning.Functions.csproj", "local/Dunning.Local.csproj", "tests/Dunning.Functions.Tests.csproj")]
    public void A_configuration_of_the_solution_builds(string configuration, params string[] projects) =>
        Assert.Equal(projects, BuiltBy(Sources.Text("Dunning.Functions.sln"), configuration));

    [Fact]
    public void A_project_that_is_only_named_is_not_built()
    {
        const string solution = """
            Project("{A}") = "One", "one\One.csproj", "{11}"
            Project("{A}") = "Two", "two\Two.csproj", "{22}"
                {11}.Debug|Any CPU.ActiveCfg = Debug|Any CPU
                {11}.Debug|Any CPU.Build.0 = Debug|Any CPU
                {22}.Debug|Any CPU.ActiveCfg = Debug|Any CPU
                {22}.Release|Any CPU.Build.0 = Release|Any CPU
            """;

        Assert.Equal(["one/One.csproj"], BuiltBy(solution, "Debug"));
    }

    [Theory]
    [InlineData("../host.json", "host.json", "PreserveNewest")]
    [InlineData("../local.settings.json", "local.settings.json", "Never")]
    public void The_hosts_files_are_linked_because_the_worker_sdk_looks_only_beside_the_project(string file, string link, string published)
    {
        var item = Assert.Single(s_functions.Descendants("None"), none => (string?)none.Attribute("Include") == file);

        Assert.Equal(link, (string?)item.Attribute("Link"));
        Assert.Equal("PreserveNewest", (string?)item.Attribute("CopyToOutputDirectory"));
        Assert.Equal(published, (string?)item.Attribute("CopyToPublishDirectory"));
    }

    [Fact]
    public void The_functions_project_is_what_azure_and_azd_expect()
    {
        Assert.Equal("v4", Property("AzureFunctionsVersion"));
        Assert.Equal("Exe", Property("OutputType"));
        Assert.Equal("true", Property("PublishReadyToRun"));
        Assert.True(Guid.TryParse(Property("UserSecretsId"), out _), "UserSecretsId");
    }

    [Theory]
    [InlineData("Microsoft.Azure.Functions.Worker", "2.52.0")]
    [InlineData("Microsoft.Azure.Functions.Worker.OpenTelemetry", "1.2.0")]
    [InlineData("Azure.Monitor.OpenTelemetry.Exporter", "1.10.0")]
    [InlineData("OpenTelemetry.Extensions.Hosting", "1.19.1")]
    [InlineData("Microsoft.Azure.Functions.Worker.Sdk", "2.0.7")]
    [InlineData("Microsoft.Azure.Functions.Worker.Extensions.Timer", "4.3.1")]
    [InlineData("Microsoft.Azure.Functions.Worker.Extensions.Storage.Queues", "5.5.5")]
    [InlineData("Microsoft.Azure.Functions.Worker.Extensions.Http.AspNetCore", "2.1.1")]
    [InlineData("Azure.Data.Tables", "12.11.0")]
    [InlineData("Azure.Storage.Queues", "12.28.1")]
    [InlineData("Azure.Communication.Email", "1.1.0")]
    [InlineData("Twilio", "8.2.0")]
    public void The_azure_edition_takes_the_versions_that_were_tried(string package, string version)
    {
        var reference = Assert.Single(s_functions.Descendants("PackageReference"), p => (string?)p.Attribute("Include") == package);
        var central = Assert.Single(s_packages.Descendants("PackageVersion"), p => (string?)p.Attribute("Include") == package);

        Assert.Null(reference.Attribute("VersionOverride"));
        Assert.Equal(version, (string?)central.Attribute("Version"));
    }

    /// <summary>A package that only the local edition has would let code compile here that Azure's edition cannot.</summary>
    [Fact]
    public void The_product_uses_no_package_of_the_local_edition_alone() =>
        Found.Nothing(Sources.Functions.Where(file => file.Code.Contains("NCrontab", StringComparison.Ordinal)).Select(file => file.Path));

    private static string Property(string name) => Assert.Single(s_functions.Descendants(name)).Value;

    private static IEnumerable<string> BuiltBy(string solution, string configuration) => Project().Matches(solution)
        .Where(p => solution.Contains($"{p.Groups["id"].Value}.{configuration}|Any CPU.Build.0 = {configuration}|Any CPU", StringComparison.Ordinal))
        .Select(p => p.Groups["path"].Value.Replace('\\', '/'))
        .Order(StringComparer.Ordinal);

    [GeneratedRegex("""Project\("[^"]+"\) = "[^"]+", "(?<path>[^"]+proj)", "(?<id>[^"]+)""")]
    private static partial Regex Project();
}
