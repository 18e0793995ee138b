using System.Text.RegularExpressions;

namespace Dunning.Tests.Infra;

/// <summary>Required properties of resources, and the outputs.</summary>
internal static partial class ResourceRules
{
    /// <summary>Azure does not support tags on these; a module's tags are those of its resources.</summary>
    private static readonly HashSet<string> _untagged =
    [
        "basicPublishingCredentialsPolicies",
        "blobServices",
        "budgets",
        "config",
        "containers",
        "deployments",
        "diagnosticSettings",
        "eventSubscriptions",
        "privateDnsZoneGroups",
        "queueServices",
        "queues",
        "roleAssignments",
        "senderUsernames",
        "tableServices",
        "tables",
    ];

    private static readonly (string Type, string Property, bool Value)[] _fixed =
    [
        ("Microsoft.Communication/communicationServices", "disableLocalAuth", true),
        ("Microsoft.Insights/components", "DisableLocalAuth", true),
        ("Microsoft.KeyVault/vaults", "enableRbacAuthorization", true),
        ("Microsoft.OperationalInsights/workspaces", "features.disableLocalAuth", true),
        ("Microsoft.Storage/storageAccounts", "allowBlobPublicAccess", false),
        ("Microsoft.Storage/storageAccounts", "allowCrossTenantReplication", false),
        ("Microsoft.Storage/storageAccounts", "allowSharedKeyAccess", false),
        ("Microsoft.Storage/storageAccounts", "supportsHttpsTrafficOnly", true),
        ("Microsoft.Web/sites", "httpsOnly", true),
        ("Microsoft.Web/sites/basicPublishingCredentialsPolicies", "allow", false),
    ];

    public static IEnumerable<string> Check(InfraFiles files) =>
        [
            .. from resource in files.Main.AllResources
            where !_untagged.Contains(resource.Type.Split('/')[^1]) && resource.Json["tags"] is null
            select $"{resource} has no tags",
            .. from resource in files.Main.AllResources
            where (resource.Type == "Microsoft.Web/sites") != HasServiceTag(resource)
            select $"{resource}: azd finds the app, and nothing else, by the tag azd-service-name",
            .. from resource in files.Main.AllResources
            from rule in _fixed
            where rule.Type == resource.Type && !Says(resource, rule.Property, rule.Value)
            select $"{resource} needs {rule.Property}: {rule.Value}",
            .. from module in files.Main.Modules
            from output in module.Outputs
            where !files.Main.Strings.Any(text => Reads(text.Text, module.Name, output.Key))
            select $"the output {output.Key} of {module.Name} is not read",
            .. from output in files.Main.Outputs
            where !OutputName().IsMatch(output.Key)
            select $"the output {output.Key} needs a name in capitals with a prefix, because azd passes it to the "
                + "build",
        ];

    private static bool HasServiceTag(ArmResource resource) =>
        $"{resource.Json["tags"]}".Contains("azd-service-name", StringComparison.Ordinal);

    private static bool Says(ArmResource resource, string property, bool value) =>
        resource.At($"properties.{property}")?.ToString() == (value ? "true" : "false");

    private static bool Reads(string text, string module, string output) =>
        Regex.IsMatch(text, $@"'Microsoft\.Resources/deployments', '{module}'\), '[\d-]+'\)\.outputs\.{output}\.value");

    /// <summary>MSBuild reads environment variables as properties; its own are one word.</summary>
    [GeneratedRegex("^[A-Z]+(_[A-Z]+)+$")]
    private static partial Regex OutputName();
}
