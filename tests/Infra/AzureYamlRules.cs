using System.Text.RegularExpressions;
using Dunning.Local;

namespace Dunning.Tests.Infra;

/// <summary>azure.yaml uses only keys that azd knows, and names existing files and services.</summary>
internal static class AzureYamlRules
{
    /// <summary>
    /// The part of azd's schema that this template may use: a pattern of the key, and one of its value. A function app
    /// has no <c>env</c>, <c>image</c> or <c>docker</c>. SolutionTests looks at the one project of the folder.
    /// </summary>
    private static readonly (string Key, string Value)[] _known =
    [
        ("name", "[a-z0-9]([-a-z0-9]*[a-z0-9])?"),
        (@"metadata\.template", @"[a-z0-9-]+@\d+\.\d+\.\d+"),
        (@"requiredVersions\.azd", @"[<>=~^ ]*\d+\.\d+\.\d+.*"),
        (@"infra\.provider", "bicep"),
        (@"infra\.(path|module)", ".+"),
        (@"services\.[\w-]+\.project", @"\./functions"),
        (@"services\.[\w-]+\.host", "function"),
        (@"services\.[\w-]+\.language", "dotnet|csharp"),
        (@"services\.[\w-]+\.remoteBuild", "false"),
        (@"services\.[\w-]+\.(dist|resourceGroup|resourceName|uses)", ".+"),
        (@"pipeline\.provider", "github|azdo"),
        (@"pipeline\.(variables|secrets)", "[A-Z][A-Z_]+"),
        (
            @"hooks\.(pre|post)(provision|infracreate|infradelete|restore|build|package|publish|deploy|up|down)"
                + @"\.(posix|windows)\.(run|continueOnError|interactive)",
            ".+"
        ),
        (@"hooks\.\w+\.posix\.shell", "sh"),
        (@"hooks\.\w+\.windows\.shell", "pwsh"),
        ("resourceGroup", ".+"),
    ];

    private static readonly string[] _required =
    [
        "name",
        "metadata.template",
        "requiredVersions.azd",
        "services.functions.project",
        "services.functions.host",
        "services.functions.remoteBuild",
        "hooks.preprovision.posix.run",
        "hooks.postprovision.posix.run",
        "hooks.postdeploy.posix.run",
    ];

    public static IEnumerable<string> Check(InfraFiles files)
    {
        var leaves = YamlLeaves.Read(files.Text(InfraFiles.AzureYaml));
        return
        [
            .. leaves.SelectMany(leaf => leaf.Select(value => CheckLeaf(leaf.Key, value))).OfType<string>(),
            .. _required.Where(key => !leaves.Contains(key)).Select(key => $"azure.yaml lacks {key}"),
            .. leaves.SelectMany(leaf => CheckHook(leaves, leaf.Key)),
            .. leaves
                .Where(leaf => leaf.Key.StartsWith("services.", StringComparison.Ordinal))
                .Select(leaf => leaf.Key.Split('.')[1])
                .Distinct()
                .Where(service => files.Main.Variables["serviceName"]?.ToString() != service)
                .Select(service => $"azure.yaml: no resource has the tag of the service {service}"),
        ];
    }

    private static string? CheckLeaf(string key, string value)
    {
        var rules = _known.Where(rule => IsWhole(rule.Key, key)).ToList();
        return rules.Count == 0 ? $"azure.yaml: azd does not know {key}"
            : rules.Exists(rule => IsWhole(rule.Value, value)) ? null
            : $"azure.yaml: {key} cannot be '{value}'";
    }

    /// <summary>A hook has a file for each operating system.</summary>
    private static IEnumerable<string> CheckHook(ILookup<string, string> leaves, string key)
    {
        if (key.Split('.') is not ["hooks", var hook, _, "run"])
            yield break;
        foreach (var system in new[] { "posix", "windows" })
        {
            var file = leaves[$"hooks.{hook}.{system}.run"].FirstOrDefault();
            if (file is null)
                yield return $"azure.yaml: {hook} has nothing for {system}";
            else if (!File.Exists(Path.Combine(Repository.Root, file)))
                yield return $"azure.yaml: {hook} runs {file}, which does not exist";
        }
    }

    private static bool IsWhole(string pattern, string text) => Regex.IsMatch(text, $"^({pattern})$");
}
