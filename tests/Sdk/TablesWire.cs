using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Sdk;

[Collection(nameof(Emulator))]
public sealed class TablesWire(Emulator azurite) : IAsyncLifetime
{
    private readonly TableClient _table = new TableServiceClient(azurite.ConnectionString).GetTableClient($"t{Guid.NewGuid():N}");

    public Task InitializeAsync() => _table.CreateIfNotExistsAsync();

    public Task DisposeAsync() => _table.DeleteAsync();

    [Fact]
    public async Task Creating_a_table_twice_is_no_error() =>
        Assert.Equal(409, (await _table.CreateIfNotExistsAsync()).GetRawResponse().Status);

    [Fact]
    public async Task What_is_added_can_be_read_with_its_etag_and_timestamp()
    {
        var response = await _table.AddEntityAsync(new TableEntity("p", "r") { ["Name"] = "Ada" });

        var read = (await _table.GetEntityAsync<TableEntity>("p", "r")).Value;

        Assert.Equal("Ada", read.GetString("Name"));
        Assert.Equal(response.Headers.ETag, read.ETag);
        Assert.NotNull(read.Timestamp);
    }

    [Fact]
    public async Task Adding_the_same_row_again_is_refused_with_the_services_own_code()
    {
        await _table.AddEntityAsync(new TableEntity("p", "r"));

        var refusal = await Assert.ThrowsAsync<RequestFailedException>(() => _table.AddEntityAsync(new TableEntity("p", "r")));

        Assert.Equal((409, TableErrorCode.EntityAlreadyExists.ToString()), (refusal.Status, refusal.ErrorCode));
    }

    [Fact]
    public async Task A_missing_row_is_an_error_or_an_empty_answer_as_the_caller_wishes()
    {
        var error = await Assert.ThrowsAsync<RequestFailedException>(() => _table.GetEntityAsync<TableEntity>("p", "none"));
        var answer = await _table.GetEntityIfExistsAsync<TableEntity>("p", "none");

        Assert.Equal((404, TableErrorCode.ResourceNotFound.ToString()), (error.Status, error.ErrorCode));
        Assert.False(answer.HasValue);
    }

    [Fact]
    public async Task Replacing_with_an_old_etag_is_refused_and_changes_nothing()
    {
        var old = (await _table.AddEntityAsync(new TableEntity("p", "r") { ["N"] = 1 })).Headers.ETag!.Value;
        await _table.UpdateEntityAsync(new TableEntity("p", "r") { ["N"] = 2 }, old, TableUpdateMode.Replace);

        var refusal = await Assert.ThrowsAsync<RequestFailedException>(
            () => _table.UpdateEntityAsync(new TableEntity("p", "r") { ["N"] = 3 }, old, TableUpdateMode.Replace));

        Assert.Equal((412, TableErrorCode.UpdateConditionNotSatisfied.ToString()), (refusal.Status, refusal.ErrorCode));
        Assert.Equal(2, (await _table.GetEntityAsync<TableEntity>("p", "r")).Value.GetInt32("N"));
    }

    [Theory]
    [InlineData(TableUpdateMode.Merge, "kept")]
    [InlineData(TableUpdateMode.Replace, null)]
    public async Task An_upsert_merges_or_replaces(TableUpdateMode mode, string? kept)
    {
        await _table.UpsertEntityAsync(new TableEntity("p", "r") { ["A"] = "kept" }, mode);
        await _table.UpsertEntityAsync(new TableEntity("p", "r") { ["B"] = true }, mode);

        var read = (await _table.GetEntityAsync<TableEntity>("p", "r")).Value;

        Assert.Equal((kept, true), (read.GetString("A"), read.GetBoolean("B")));
    }

    [Fact]
    public async Task A_deletion_respects_the_etag_and_takes_a_missing_row_for_deleted()
    {
        var old = (await _table.AddEntityAsync(new TableEntity("p", "r"))).Headers.ETag!.Value;
        await _table.UpsertEntityAsync(new TableEntity("p", "r") { ["N"] = 1 });

        var refusal = await Assert.ThrowsAsync<RequestFailedException>(() => _table.DeleteEntityAsync("p", "r", old));
        var first = await _table.DeleteEntityAsync("p", "r");
        var second = await _table.DeleteEntityAsync("p", "r");

        Assert.Equal((412, 204, 404), (refusal.Status, first.Status, second.Status));
    }

    [Fact]
    public async Task A_wrong_key_is_refused_by_the_emulator_so_that_the_signature_is_known_to_be_checked()
    {
        var settings = azurite.ConnectionString.Split(';').Where(s => s.Length > 0 && !s.StartsWith("AccountKey=", StringComparison.Ordinal));
        var forged = string.Join(';', settings.Append("AccountKey=AAAA"));

        var refusal = await Assert.ThrowsAsync<RequestFailedException>(
            () => new TableServiceClient(forged).GetTableClient(_table.Name).GetEntityAsync<TableEntity>("p", "r"));

        Assert.Equal(403, refusal.Status);
    }
}
