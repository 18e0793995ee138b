namespace Dunning.Tests.Infra;

/// <summary>Infra makes the code's queues, their poison queues and tables, and names no other.</summary>
internal static class StorageRules
{
    private const string Queue = "Microsoft.Storage/storageAccounts/queueServices/queues";
    private const string Table = "Microsoft.Storage/storageAccounts/tableServices/tables";

    public static IEnumerable<string> Check(InfraFiles files)
    {
        var queues = files.Code.Queues.SelectMany(queue => new[] { queue, Queues.Poison(queue) });
        var made = Made(files.Main, Queue);
        return
        [
            .. Comparison.Differences(queues, made, "infra does not make the queue", "the code does not use the queue"),
            .. Comparison.Differences(
                files.Code.Tables,
                Made(files.Main, Table),
                "infra does not make the table",
                "the code does not use the table"
            ),
            .. Named(files.Main).Except(made).Select(name => $"infra sends to, and does not make, the queue {name}"),
        ];
    }

    private static List<string> Made(ArmTemplate main, string type) =>
        [
            .. from resource in main.AllResources
            where resource.Type == type
            from name in resource.Template.TextsOf(resource.Json["name"])
            select name.Split('/')[^1],
        ];

    /// <summary>Where events go to, and what a role is for.</summary>
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
