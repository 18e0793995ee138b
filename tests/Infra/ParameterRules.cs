using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Dunning.Tests.Infra;

/// <summary>Every parameter of main.bicep has an environment variable, and the pipeline passes it on.</summary>
internal static partial class ParameterRules
{
    /// <summary>Set by azd; the defaults in main.bicep are for deployments without azd.</summary>
    private static readonly string[] _set = ["budgetStart", "principalId"];

    /// <summary>No value is right for everybody, so azd asks: it does so for a parameter without a default.</summary>
    private static readonly string[] _asked = ["company", "replyTo", "emailProvider"];

    public static IEnumerable<string> Check(InfraFiles files)
    {
        var parameters = files.Main.Parameters;
        return
        [
            .. Comparison.Differences(
                parameters.Select(parameter => parameter.Key),
                files.Parameters.Keys,
                "main.parameters.json lacks",
                "main.bicep does not have"
            ),
            .. files
                .Parameters.Where(given => parameters.ContainsKey(given.Key))
                .Select(given => CheckValue(given.Key, given.Value, parameters[given.Key]!))
                .OfType<string>(),
            .. _asked
                .Where(name => parameters[name]?["defaultValue"] is not null)
                .Select(name => $"main.bicep: {name} has a default, so that azd does not ask for it"),
            .. ComparePipeline(files),
        ];
    }

    private static string? CheckValue(string name, string given, JsonNode parameter)
    {
        if (!Variable().IsMatch(given))
            return $"main.parameters.json: {name} is not of the form ${{NAME=default}}";
        var standard = Variable().Match(given).Groups["standard"];
        // Without a default, an unset variable becomes an empty string. The compiler has checked that main.bicep's
        // default is allowed.
        var wanted = _set.Contains(name) ? null : Written(parameter["defaultValue"]);
        return (standard.Success ? standard.Value : null) == wanted
            ? null
            : $"main.parameters.json: the default of {name} is not that of main.bicep, '{wanted}'";
    }

    /// <summary>
    /// azure.yaml lists the variables and secrets, and the workflow takes variables and secrets from the matching
    /// store.
    /// </summary>
    private static IEnumerable<string> ComparePipeline(InfraFiles files)
    {
        var azureYaml = YamlLeaves.Read(files.Text(InfraFiles.AzureYaml));
        var workflow = YamlLeaves.Read(files.Text(InfraFiles.Workflow));
        var wanted =
            from parameter in files.Parameters
            let name = Variable().Match(parameter.Value).Groups["name"].Value
            where name.StartsWith("DUNNING_", StringComparison.Ordinal)
            select (Name: name, IsSecret: SecretRules.IsSecure(files.Main, parameter.Key));
        var listed = azureYaml
            .Where(leaf => leaf.Key is "pipeline.variables" or "pipeline.secrets")
            .SelectMany(leaf => leaf.Select(name => $"{leaf.Key}: {name}"));
        var passed = workflow
            .SelectMany(leaf => leaf.Select(value => $"{leaf.Key}: {value}"))
            .Where(line => line.StartsWith("jobs.deploy.env.DUNNING_", StringComparison.Ordinal));
        return
        [
            .. Comparison.Differences(
                wanted.Select(one => $"pipeline.{(one.IsSecret ? "secrets" : "variables")}: {one.Name}"),
                listed,
                "azure.yaml lacks",
                "azure.yaml has what no parameter takes:"
            ),
            .. Comparison.Differences(
                wanted.Select(one => $"jobs.deploy.env.{one.Name}: {Passed(one.Name, one.IsSecret)}"),
                passed,
                "azure-dev.yml lacks",
                "azure-dev.yml has what no parameter takes:"
            ),
        ];
    }

    private static string Passed(string name, bool isSecret) => $"${{{{ {(isSecret ? "secrets" : "vars")}.{name} }}}}";

    private static string? Written(JsonNode? value) =>
        value?.GetValueKind() == JsonValueKind.String ? value.ToString() : value?.ToJsonString();

    [GeneratedRegex(@"^\$\{(?<name>\w+)(=(?<standard>.*))?\}$")]
    private static partial Regex Variable();
}
