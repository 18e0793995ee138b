namespace Dunning.Tests.Infra;

/// <summary>
/// Infra creates the queues, poison queues, tables and containers of the code, and names no others.
/// </summary>
internal static class StorageRules
{
    private const string Queue = "Microsoft.Storage/storageAccounts/queueServices/queues";
    private const string Table = "Microsoft.Storage/storageAccounts/tableServices/tables";
    private const string Container = "Microsoft.Storage/storageAccounts/blobServices/containers";

    public static IEnumerable<string> Check(InfraFiles files)
    {
        var queues = files.Code.Queues.SelectMany(queue => new[] { queue, Queues.Poison(queue) });
        var created = CreatedNames(files.Main, Queue);
        return
        [
            .. Comparison.Differences(
                queues,
                created,
                "infra does not make the queue",
                "the code does not use the queue"
            ),
            .. Comparison.Differences(
                files.Code.Tables,
                CreatedNames(files.Main, Table),
                "infra does not make the table",
                "the code does not use the table"
            ),
            .. Comparison.Differences(
                files.Code.Containers,
                // Its name is a variable: azd puts the app into it.
                CreatedNames(files.Main, Container).Where(name => name != "app-package"),
                "infra does not make the container",
                "the code does not use the container"
            ),
            .. Named(files.Main).Except(created).Select(name => $"infra sends to, and does not make, the queue {name}"),
        ];
    }

    private static List<string> CreatedNames(ArmTemplate main, string type) =>
        [
            .. from resource in main.AllResources
            where resource.Type == type
            from name in resource.Template.TextsOf(resource.Json["name"])
            select name.Split('/')[^1],
        ];

    /// <summary>Queues and tables named as destinations of events and scopes of roles.</summary>
    private static IEnumerable<string> Named(ArmTemplate main) =>
        main
            .Strings.Where(text => text.Key == "queueName")
            .Select(text => text.Text)
            .Concat(
                from resource in main.AllResources
                let scope = resource.ExpressionAt("scope") as ArmCall
                where scope?.Arguments is [ArmText { Value: Queue }, ..]
                from name in resource.Template.TextsOf(scope.Arguments[^1])
                select name
            );
}
