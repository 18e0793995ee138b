using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Dunning.Tests.Infra;

/// <summary>The app settings in Azure are exactly those that the code and the Functions host read.</summary>
internal static partial class SettingRules
{
    /// <summary>Keys and settings for tests: never set in Azure.</summary>
    private static readonly string[] _localOnly =
    [
        "AzureWebJobsStorage",
        "Dunning__Evidence__KeyFile",
        "Email__ConnectionString",
        "Sms__BaseAddress",
        "Webhooks__0__ApiBaseAddress",
    ];

    /// <summary>Read by the Functions host, whether or not the code reads them.</summary>
    private static readonly string[] _host =
    [
        "APPLICATIONINSIGHTS_AUTHENTICATION_STRING",
        "APPLICATIONINSIGHTS_CONNECTION_STRING",
        "AzureWebJobsStorage__accountName",
        "AzureWebJobsStorage__clientId",
        "AzureWebJobsStorage__credential",
    ];

    public static IEnumerable<string> Check(InfraFiles files)
    {
        var set = SetBy(files.Main);
        var read = files.Code.Settings.Except(_localOnly).Union(_host).ToList();
        return
        [
            .. Comparison.Differences(
                read,
                set.Except(_localOnly),
                "infra does not set",
                "nothing reads, and infra sets,"
            ),
            .. set.Intersect(_localOnly).Select(name => $"only for local use, and infra sets it: {name}"),
        ];
    }

    private static List<string> SetBy(ArmTemplate main) =>
        [
            .. main
                .AllResources.Where(resource => resource is { Type: "Microsoft.Web/sites/config" })
                .SelectMany(config => KeysOf(config.Template, config.At("properties")))
                .Select(key => Index().Replace(key, "__0"))
                .Distinct(),
        ];

    private static IEnumerable<string> KeysOf(ArmTemplate template, JsonNode? value) =>
        value switch
        {
            JsonObject settings => settings.Select(setting => setting.Key),
            JsonValue text => KeysOf(template, ArmExpression.Parse(text.ToString())),
            _ => [],
        };

    private static IEnumerable<string> KeysOf(ArmTemplate template, ArmExpression value) =>
        value switch
        {
            ArmCall call when call.NameGivenTo("variables") is { } name => KeysOf(template, template.Variables[name]),
            ArmCall call when call.NameGivenTo("parameters") is { } name && template.Caller is { } caller => KeysOf(
                caller,
                template.Given?[name]?["value"]
            ),
            ArmCall { Name: "createObject", Arguments: var pairs } => pairs
                .Chunk(2)
                .SelectMany(pair => template.TextsOf(pair[0])),
            ArmCall { Name: "map", Arguments: [_, var each] } => KeysOf(template, each),
            ArmCall { Name: "filter" or "toObject", Arguments: [var source, ..] } => KeysOf(template, source),
            ArmCall { Arguments: var parts } => parts.SelectMany(part => KeysOf(template, part)),
            _ => [],
        };

    /// <summary>The index of a list item; <see cref="ArmTemplate.Unknown"/> in a loop.</summary>
    [GeneratedRegex(@"__(\d+|\?)(?=__|$)")]
    private static partial Regex Index();
}
