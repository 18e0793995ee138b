using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Dunning.Tests.Infra;

/// <summary>
/// Infra supports the payment providers of the code, with parameters named for each provider's needs.
/// </summary>
internal static partial class WebhookRules
{
    public static IEnumerable<string> Check(InfraFiles files)
    {
        var asked = files.Main.Variables["providerNeeds"]!
            .AsObject()
            .ToDictionary(provider => provider.Key, provider => provider.Value!.ToString().Split(' '));
        var secrets = Given(files, "providerSecrets");
        return
        [
            .. Compare(files, asked),
            .. from provider in asked
            from need in provider.Value
            where !secrets.ContainsKey(need)
            select $"{provider.Key} needs {need}, for which there is no parameter",
            .. secrets.SelectMany(secret => CheckSecret(files, secret.Key, secret.Value!, asked.Keys)),
        ];
    }

    private static IEnumerable<string> Compare(InfraFiles files, Dictionary<string, string[]> asked)
    {
        var known = files.Code.ProviderNeeds;
        // Created by main.bicep itself.
        var made = Given(files, "ownSecrets").Select(secret => secret.Key).ToList();
        return
        [
            .. Comparison.Differences(
                known.Keys,
                asked.Keys,
                "infra does not know the provider",
                "the code does not know the provider"
            ),
            .. asked
                .Keys.Intersect(known.Keys)
                .SelectMany(provider =>
                    Comparison.Differences(
                        known[provider].Except(made),
                        asked[provider],
                        $"{provider} needs",
                        $"{provider} does not need"
                    )
                ),
        ];
    }

    /// <summary>The output DUNNING_WEBHOOKS_LACK derives variable names by the same rule.</summary>
    private static IEnumerable<string> CheckSecret(
        InfraFiles files,
        string name,
        JsonNode value,
        IEnumerable<string> providers
    )
    {
        var parameter = (ArmExpression.Parse(value.ToString()) as ArmCall)?.NameGivenTo("parameters") ?? "";
        var variable = $"DUNNING_{name.ToUpperInvariant().Replace('-', '_')}";
        if (!providers.Contains(Ending().Replace(name, "")))
            yield return $"{name} is the secret of no provider";
        if (files.Parameters.GetValueOrDefault(parameter) != $"${{{variable}=}}")
            yield return $"{name} does not come from {variable}";
        if (!name.EndsWith("-webhook-id", StringComparison.Ordinal) && !SecretRules.IsSecure(files.Main, parameter))
            yield return $"the parameter {parameter} is not secure";
    }

    private static JsonObject Given(InfraFiles files, string variable) => files.Main.Variables[variable]!.AsObject();

    [GeneratedRegex("-(secret|secret-next|token|webhook-id)$")]
    private static partial Regex Ending();
}
