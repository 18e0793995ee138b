using System.Text.RegularExpressions;

namespace Dunning.Tests.Conventions;

public sealed partial class StorageNameTests
{
    private static IEnumerable<string> QueuesAndPoison =>
        Queues.All.SelectMany(queue => new[] { queue, Queues.Poison(queue) });

    [Fact]
    public void Every_queue_and_its_poison_queue_may_be_called_so_in_azure() =>
        Assert.All(QueuesAndPoison, name => Assert.Matches(QueueName(), name));

    [Fact]
    public void Every_table_may_be_called_so_in_azure() =>
        Assert.All(Tables.All, name => Assert.Matches(TableName(), name));

    /// <summary>The rules are those of queues.</summary>
    [Fact]
    public void Every_container_may_be_called_so_in_azure() =>
        Assert.All(Containers.All, name => Assert.Matches(QueueName(), name));

    [Fact]
    public void The_lists_of_queues_tables_and_containers_are_whole()
    {
        Assert.Equal(Constants(typeof(Queues)), Queues.All);
        Assert.Equal(Constants(typeof(Tables)), Tables.All);
        Assert.Equal(Constants(typeof(Containers)), Containers.All);
    }

    [Fact]
    public void Every_queue_and_its_poison_queue_has_exactly_one_reader() =>
        Assert.Equal(
            QueuesAndPoison.Order(),
            FunctionMethods.All.Select(f => f.Queue?.QueueName).OfType<string>().Order()
        );

    [Theory]
    [InlineData("scan", true)]
    [InlineData("Scan", false)]
    [InlineData("email--notices", false)]
    [InlineData("-scan", false)]
    [InlineData("ab", false)]
    public void A_queue_name_that_azure_refuses_is_noticed(string name, bool good) =>
        Assert.Equal(good, QueueName().IsMatch(name));

    private static IEnumerable<string> Constants(Type type) =>
        type.GetFields().Where(f => f.IsLiteral).Select(f => (string)f.GetRawConstantValue()!);

    /// <summary>learn.microsoft.com/rest/api/storageservices/naming-queues-and-metadata</summary>
    [GeneratedRegex("^(?=.{3,63}$)[a-z0-9]+(?:-[a-z0-9]+)*$")]
    private static partial Regex QueueName();

    /// <summary>learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model</summary>
    [GeneratedRegex("^[A-Za-z][A-Za-z0-9]{2,62}$")]
    private static partial Regex TableName();
}
