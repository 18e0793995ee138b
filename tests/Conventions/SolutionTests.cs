using System.Xml.Linq;

namespace Dunning.Tests.Conventions;

public sealed class SolutionTests
{
    private static readonly XElement _functions = XElement.Parse(Sources.Text("functions/Dunning.Functions.csproj"));

    [Fact]
    public void The_folder_that_azd_publishes_has_one_project()
    {
        var projects = Directory
            .EnumerateFiles(Sources.FunctionsFolder, "*.*proj", SearchOption.AllDirectories)
            .Select(Path.GetFileName);

        Assert.Equal(["Dunning.Functions.csproj"], projects.Where(name => name != "WorkerExtensions.csproj"));
    }

    [Theory]
    [InlineData("../host.json", "host.json", "PreserveNewest")]
    [InlineData("../local.settings.json", "local.settings.json", "Never")]
    public void The_hosts_files_are_linked_because_the_worker_sdk_looks_only_beside_the_project(
        string file,
        string link,
        string published
    )
    {
        var item = Assert.Single(_functions.Descendants("None"), none => (string?)none.Attribute("Include") == file);

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

    [Fact]
    public void A_release_has_azures_own_mail_package()
    {
        var choice = XElement.Parse(Sources.Text("Directory.Build.props")).Descendants("AcsEmail").First();

        Assert.Equal("Package", choice.Value);
        Assert.Contains(
            "'$(Configuration)' == 'Release'",
            choice.Attribute("Condition")!.Value,
            StringComparison.Ordinal
        );
    }

    private static string Property(string name) => Assert.Single(_functions.Descendants(name)).Value;
}
