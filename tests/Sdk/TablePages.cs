using Azure;
using Azure.Data.Tables;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Sdk;

[Collection(nameof(Emulator))]
public sealed class TablePages(Emulator azurite) : IAsyncLifetime
{
    private readonly TableClient _table = new TableServiceClient(azurite.ConnectionString).GetTableClient($"t{Guid.NewGuid():N}");

    public async Task InitializeAsync()
    {
        await _table.CreateIfNotExistsAsync();
        foreach (var hundred in Enumerable.Range(0, 1_050).Chunk(100))
            await _table.SubmitTransactionAsync(hundred.Select(n =>
                new TableTransactionAction(TableTransactionActionType.Add, new TableEntity("p ø", $"{n:D4}") { ["N"] = n, ["Other"] = "x" })));
    }

    public Task DisposeAsync() => _table.DeleteAsync();

    [Fact]
    public async Task A_query_reads_past_the_thousand_rows_of_a_page()
    {
        var rows = await Rows.Of(_table.QueryAsync<TableEntity>("RowKey ge '0010'", select: ["RowKey", "N"]));

        Assert.Equal(Enumerable.Range(10, 1_040), rows.Select(r => r.GetInt32("N")!.Value));
        Assert.All(rows, r => Assert.False(r.ContainsKey("Other")));
    }

    [Fact]
    public async Task A_query_can_be_taken_up_again_from_a_continuation_token()
    {
        var query = _table.QueryAsync<TableEntity>("RowKey lt '0025'", maxPerPage: 10);
        var pages = new List<Page<TableEntity>>();
        await foreach (var page in query.AsPages()) pages.Add(page);

        var rest = new List<TableEntity>();
        await foreach (var page in query.AsPages(pages[0].ContinuationToken)) rest.AddRange(page.Values);

        Assert.Equal([10, 10, 5], pages.Select(p => p.Values.Count));
        Assert.Equal(15, rest.Count);
    }
}
