using System.Text.RegularExpressions;

namespace Dunning.Tests.Infra;

/// <summary>Role assignments, and dependencies of resources on them.</summary>
internal static partial class RoleRules
{
    /// <summary>learn.microsoft.com/azure/role-based-access-control/built-in-roles</summary>
    private static readonly Dictionary<string, string> _ids = new()
    {
        ["communicationAndEmailServiceOwner"] = "09976791-48a7-449e-bb21-39d1a415f350",
        ["keyVaultCryptoUser"] = "12338af0-0e69-4776-bea7-57ae8d297424",
        ["keyVaultSecretsUser"] = "4633458b-17de-408a-b874-0445c86b69e6",
        ["monitoringMetricsPublisher"] = "3913510d-42f4-4e42-8a64-420c390055eb",
        ["storageBlobDataOwner"] = "b7e6dc6d-f1e8-4753-8033-0f276bb0955b",
        ["storageBlobDataReader"] = "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1",
        ["storageQueueDataContributor"] = "974c5e8b-45b9-4653-ba55-5f855dd0fb88",
        ["storageQueueDataMessageSender"] = "c6a89b2d-59bc-44d0-9896-0f6e12d7b80a",
        ["storageQueueDataReader"] = "19e7f393-937e-4f77-808e-94535e297925",
        ["storageTableDataContributor"] = "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3",
        ["storageTableDataReader"] = "76199698-9eea-4c19-bc75-cec21354c6b6",
    };

    private static readonly string[] _assignments =
    [
        "identityPrincipalId on Microsoft.Storage/storageAccounts: storageBlobDataOwner",
        "identityPrincipalId on Microsoft.Storage/storageAccounts: storageQueueDataContributor",
        "identityPrincipalId on Microsoft.Storage/storageAccounts: storageTableDataContributor",
        "identityPrincipalId on Microsoft.Insights/components: monitoringMetricsPublisher",
        "identityPrincipalId on Microsoft.KeyVault/vaults: keyVaultSecretsUser",
        "identityPrincipalId on Microsoft.KeyVault/vaults/keys: keyVaultCryptoUser",
        "identityPrincipalId on Microsoft.Communication/communicationServices: communicationAndEmailServiceOwner",
        "topicPrincipalId on Microsoft.Storage/storageAccounts/queueServices/queues: storageQueueDataMessageSender",
        "deployerId on Microsoft.Storage/storageAccounts: storageBlobDataReader",
        "deployerId on Microsoft.Storage/storageAccounts: storageQueueDataReader",
        "deployerId on Microsoft.Storage/storageAccounts: storageTableDataReader",
        "deployerId on Microsoft.KeyVault/vaults: keyVaultSecretsUser",
    ];

    /// <summary>Modules whose resources fail when they start without a role.</summary>
    private static readonly string[] _modulesNeedingRoles = ["function-app", "email-events"];

    public static IEnumerable<string> Check(InfraFiles files)
    {
        var assignments = files
            .Main.AllResources.Where(resource => resource.Type == "Microsoft.Authorization/roleAssignments")
            .ToList();
        var given = assignments.SelectMany(Assigned).ToList();
        return
        [
            .. from text in files.Main.Strings
            where Guid().IsMatch(text.Text) && _ids.GetValueOrDefault(text.Key) != text.Text
            select $"{text.Key} is not the role {text.Text}",
            .. Comparison.Differences(_assignments, given, "the role is not assigned:", "unexpected role"),
            .. assignments
                .Where(IsLoose)
                .Select(role => $"{role} needs principalType, and guid(scope, principal, role) for a name"),
            .. _modulesNeedingRoles
                .Where(module => !WaitsForRoles(files.Main, module))
                .Select(module => $"{module} does not wait for the roles"),
        ];
    }

    private static IEnumerable<string> Assigned(ArmResource assignment)
    {
        var principal = (assignment.ExpressionAt("properties.principalId") as ArmCall)?.NameGivenTo("parameters");
        var scope = assignment.ExpressionAt("scope") is ArmCall { Arguments: [ArmText type, ..] } ? type.Value : "all";
        var roles = ((ArmCall)assignment.ExpressionAt("properties.roleDefinitionId")).Arguments.Skip(1);
        return roles
            .SelectMany(role => assignment.Template.TextsOf(role))
            .Select(id => $"{principal} on {scope}: {_ids.FirstOrDefault(known => known.Value == id).Key ?? id}");
    }

    /// <summary>A name without one of the three does not change when that one changes.</summary>
    private static bool IsLoose(ArmResource assignment) =>
        assignment.ExpressionAt("name") is not ArmCall { Name: "guid", Arguments.Length: 3 }
        || assignment.At("properties.principalType") is null;

    private static bool WaitsForRoles(ArmTemplate main, string module) =>
        main.Resources.Single(resource => resource.Name == module).Json["dependsOn"]!
            .AsArray()
            .Any(other => other!.ToString().EndsWith("'roles')]", StringComparison.Ordinal));

    [GeneratedRegex("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]
    private static partial Regex Guid();
}
