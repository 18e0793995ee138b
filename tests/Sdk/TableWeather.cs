using Azure;
using Azure.Data.Tables;

namespace Dunning.Tests.Sdk;

/// <summary>What the service does and the emulator does not: throttling and empty pages.</summary>
public sealed class TableWeather
{
    private const string Row = """{"PartitionKey":"p","RowKey":"r","odata.etag":"W/\"1\""}""";

    [Fact]
    public async Task A_throttled_request_is_asked_again()
    {
        await using var service = await StandIn.Start(new StandIn.Answer(503), new StandIn.Answer(503), new StandIn.Answer(200, Row));

        var row = (await Table(service).GetEntityAsync<TableEntity>("p", "r")).Value;

        Assert.Equal(("r", new ETag("W/\"1\"")), (row.RowKey, row.ETag));
        Assert.Equal(3, service.Requests.Count);
    }

    [Fact]
    public async Task A_refused_condition_is_not_asked_again()
    {
        await using var service = await StandIn.Start(new StandIn.Answer(
            412, """{"odata.error":{"code":"UpdateConditionNotSatisfied","message":{"lang":"en-US","value":"It has changed."}}}"""));

        var refusal = await Assert.ThrowsAsync<RequestFailedException>(
            () => Table(service).UpdateEntityAsync(new TableEntity("p", "r"), new ETag("W/\"1\"")));

        Assert.Equal((412, "UpdateConditionNotSatisfied"), (refusal.Status, refusal.ErrorCode));
        Assert.Equal("W/\"1\"", Assert.Single(service.Requests).Headers["If-Match"]);
    }

    [Fact]
    public async Task A_page_may_be_empty_and_still_have_a_successor()
    {
        await using var service = await StandIn.Start(
            new StandIn.Answer(200, """{"value":[]}""", ("x-ms-continuation-NextPartitionKey", "1!4!cA--"), ("x-ms-continuation-NextRowKey", "1!4!c+==")),
            new StandIn.Answer(200, $$"""{"value":[{{Row}}]}"""));

        var rows = await Rows.Of(Table(service).QueryAsync<TableEntity>("RowKey eq 'r'"));

        Assert.Single(rows);
        Assert.EndsWith("&NextPartitionKey=1%214%21cA--&NextRowKey=1%214%21c%2B%3D%3D", service.Requests.Last().Target, StringComparison.Ordinal);
    }

    private static TableClient Table(StandIn service)
    {
        var options = new TableClientOptions { Retry = { Delay = TimeSpan.FromMilliseconds(1), MaxDelay = TimeSpan.FromMilliseconds(2) } };
        return new TableServiceClient($"AccountName=a;AccountKey=AAAA;TableEndpoint={service.Address}", options).GetTableClient("t");
    }
}
