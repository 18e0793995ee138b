using Azure;
using Azure.Data.Tables;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Sdk;

[Collection(nameof(Emulator))]
public sealed class TableTransactions(Emulator azurite) : IAsyncLifetime
{
    private readonly TableClient _table = new TableServiceClient(azurite.ConnectionString).GetTableClient($"t{Guid.NewGuid():N}");

    public Task InitializeAsync() => _table.CreateIfNotExistsAsync();

    public Task DisposeAsync() => _table.DeleteAsync();

    [Fact]
    public async Task Each_action_of_a_transaction_has_its_own_answer()
    {
        var etag = (await _table.AddEntityAsync(new TableEntity("p", "old") { ["N"] = 1 })).Headers.ETag!.Value;
        await _table.AddEntityAsync(new TableEntity("p", "gone"));

        var answers = (await _table.SubmitTransactionAsync(
        [
            new(TableTransactionActionType.Add, new TableEntity("p", "new") { ["Text"] = "æ😀" }),
            new(TableTransactionActionType.UpdateReplace, new TableEntity("p", "old") { ["N"] = 2 }, etag),
            new(TableTransactionActionType.UpsertMerge, new TableEntity("p", "other") { ["N"] = 3 }),
            new(TableTransactionActionType.Delete, new TableEntity("p", "gone")),
        ])).Value;

        Assert.Equal([204, 204, 204, 204], answers.Select(a => a.Status));
        var read = (await _table.GetEntityAsync<TableEntity>("p", "old")).Value;
        Assert.Equal(2, read.GetInt32("N"));
        Assert.Equal(answers[1].Headers.ETag, read.ETag);
        Assert.Equal("æ😀", (await _table.GetEntityAsync<TableEntity>("p", "new")).Value.GetString("Text"));
        Assert.False((await _table.GetEntityIfExistsAsync<TableEntity>("p", "gone")).HasValue);
    }

    [Fact]
    public async Task A_transaction_that_fails_writes_nothing_and_names_the_action()
    {
        var old = (await _table.AddEntityAsync(new TableEntity("p", "b"))).Headers.ETag!.Value;
        await _table.UpsertEntityAsync(new TableEntity("p", "b") { ["N"] = 1 });

        var failure = await Assert.ThrowsAsync<TableTransactionFailedException>(() => _table.SubmitTransactionAsync(
        [
            new(TableTransactionActionType.Add, new TableEntity("p", "a")),
            new(TableTransactionActionType.UpdateMerge, new TableEntity("p", "b") { ["N"] = 2 }, old),
            new(TableTransactionActionType.Add, new TableEntity("p", "c")),
        ]));

        Assert.Equal((412, "UpdateConditionNotSatisfied", 1), (failure.Status, failure.ErrorCode, failure.FailedTransactionActionIndex));
        Assert.Equal("b", Assert.Single(await Rows.Of(_table.QueryAsync<TableEntity>())).RowKey);
    }

    [Fact]
    public async Task An_insert_of_a_row_that_exists_fails_the_transaction_as_already_existing()
    {
        await _table.AddEntityAsync(new TableEntity("p", "a"));

        var failure = await Assert.ThrowsAsync<TableTransactionFailedException>(
            () => _table.SubmitTransactionAsync([new(TableTransactionActionType.Add, new TableEntity("p", "a"))]));

        Assert.Equal((409, "EntityAlreadyExists", 0), (failure.Status, failure.ErrorCode, failure.FailedTransactionActionIndex));
    }

    [Fact]
    public void A_failure_made_by_hand_for_a_mock_carries_the_index_too()
    {
        var cause = new RequestFailedException(412, "changed", "UpdateConditionNotSatisfied", null) { Data = { ["FailedEntity"] = "3" } };

        Assert.Equal(3, new TableTransactionFailedException(cause).FailedTransactionActionIndex);
    }
}
