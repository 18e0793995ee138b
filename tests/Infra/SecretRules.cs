using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Dunning.Tests.Infra;

/// <summary>
/// The template neither reads nor contains keys, and a secret stays in secure parameters and the key vault.
/// </summary>
internal static partial class SecretRules
{
    public static IEnumerable<string> Check(InfraFiles files) =>
        [
            .. from text in files.Main.Strings
            where text.Text.StartsWith('[') && ListCall().IsMatch(text.Text)
            select $"{text.Key} reads keys: {text.Text}",
            .. from text in files.Main.Strings
            where ConnectionString().IsMatch(text.Text)
            select $"{text.Key} holds a connection string",
            .. from template in files.Main.AllTemplates
            from output in template.Outputs
            where Carries(template, output.Value!["value"])
            select $"the output {output.Key} of {template.Name} contains a secret",
            .. from module in files.Main.Modules
            from given in module.Given ?? []
            where
                Carries(files.Main, given.Value is JsonObject value ? value["value"] : given.Value)
                && !IsSecure(module, given.Key)
            select $"the parameter {given.Key} of {module.Name} takes a secret and is not secure",
        ];

    public static bool IsSecure(ArmTemplate template, string parameter) =>
        template.Parameters[parameter]?["type"]?.ToString() is "securestring" or "secureObject";

    private static bool Carries(ArmTemplate template, JsonNode? value) =>
        value switch
        {
            JsonObject parts => parts.Any(part => Carries(template, part.Value)),
            JsonArray items => items.Any(item => Carries(template, item)),
            JsonValue text => Carries(template, ArmExpression.Parse(text.ToString())),
            _ => false,
        };

    private static bool Carries(ArmTemplate template, ArmExpression value) =>
        value switch
        {
            ArmCall call when call.NameGivenTo("parameters") is { } name => IsSecure(template, name),
            ArmCall call when call.NameGivenTo("variables") is { } name => Carries(template, template.Variables[name]),
            ArmCall { Name: "if", Arguments: [_, .. var branches] } => branches.Any(branch =>
                Carries(template, branch)
            ),
            ArmCall call when KeepsValues(call.Name) => call.Arguments.Any(argument => Carries(template, argument)),
            ArmMember { Owner: var outer } => Carries(template, outer),
            _ => false,
        };

    /// <summary>Other functions return nothing secret, such as whether a secret exists, or its name.</summary>
    private static bool KeepsValues(string function) =>
        function
            is "base64"
                or "coalesce"
                or "concat"
                or "createArray"
                or "createObject"
                or "format"
                or "guid"
                or "join"
                or "json"
                or "lambda"
                or "string"
                or "toObject"
                or "union";

    [GeneratedRegex(@"\blist\w*\(")]
    private static partial Regex ListCall();

    [GeneratedRegex("AccountKey=|SharedAccessKey=|accesskey=", RegexOptions.IgnoreCase)]
    private static partial Regex ConnectionString();
}
