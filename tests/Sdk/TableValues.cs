using Azure.Data.Tables;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Sdk;

[Collection(nameof(Emulator))]
public sealed class TableValues(Emulator azurite) : IAsyncLifetime
{
    private readonly TableClient _table = new TableServiceClient(azurite.ConnectionString).GetTableClient($"t{Guid.NewGuid():N}");

    public Task InitializeAsync() => _table.CreateIfNotExistsAsync();

    public Task DisposeAsync() => _table.DeleteAsync();

    [Fact]
    public async Task Every_type_comes_back_as_it_went()
    {
        var instant = new DateTimeOffset(2026, 2, 28, 23, 59, 59, TimeSpan.FromHours(2)).AddTicks(1234567);
        var guid = Guid.NewGuid();
        await _table.AddEntityAsync(new TableEntity("p", "r")
        {
            ["Long"] = long.MaxValue,
            ["Small"] = 5L,
            ["Int"] = int.MinValue,
            ["Double"] = 5.0,
            ["Flag"] = false,
            ["At"] = instant,
            ["Guid"] = guid,
            ["Bytes"] = new byte[] { 0, 255, 7 },
            ["Nothing"] = null,
        });

        var read = (await _table.GetEntityAsync<TableEntity>("p", "r")).Value;

        Assert.Equal((long.MaxValue, 5L, int.MinValue), (read.GetInt64("Long"), read.GetInt64("Small"), read.GetInt32("Int")));
        Assert.Equal((5.0, false, guid), (read.GetDouble("Double"), read.GetBoolean("Flag"), read.GetGuid("Guid")));
        Assert.Equal((instant, instant.UtcDateTime), (read.GetDateTimeOffset("At"), read.GetDateTime("At")));
        Assert.Equal([0, 255, 7], read.GetBinary("Bytes"));
        Assert.False(read.ContainsKey("Nothing"));
    }

    [Theory]
    [InlineData("O'Hara & Søn")]
    [InlineData("100 % \"quoted\" <b>")]
    [InlineData("שלום, мир 😀")]
    [InlineData("a+b=c;d,e:f@g$h!(i)*[j]{k}|l^m`n~")]
    [InlineData("..")]
    [InlineData("")]
    public async Task Keys_and_values_may_hold_any_text_that_the_service_allows(string text)
    {
        await _table.AddEntityAsync(new TableEntity(text, text) { ["Text"] = text + "\r\n\t\\/?#" });
        await _table.UpdateEntityAsync(new TableEntity(text, text) { ["Again"] = text }, Azure.ETag.All);
        await _table.SubmitTransactionAsync([new(TableTransactionActionType.UpsertMerge, new TableEntity(text, text) { ["Batch"] = text })]);

        var read = (await _table.GetEntityAsync<TableEntity>(text, text)).Value;
        var found = await Rows.Of(_table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {text} and Again eq {text}")));

        Assert.Equal(text + "\r\n\t\\/?#", read.GetString("Text"));
        Assert.Equal(text, read.GetString("Batch"));
        Assert.Equal(text, Assert.Single(found).RowKey);
        Assert.Equal(204, (await _table.DeleteEntityAsync(text, text)).Status);
    }

    [Fact]
    public void A_filter_writes_each_value_as_a_literal_of_its_type()
    {
        var at = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

        Assert.Equal(
            "A eq 'it''s' and B eq 7 and C eq 8L and D eq true and E lt datetime'2026-01-02T03:04:05Z'",
            TableClient.CreateQueryFilter($"A eq {"it's"} and B eq {7} and C eq {8L} and D eq {true} and E lt {at}"));
    }

    [Fact]
    public void A_value_is_not_read_as_another_type_than_its_own()
    {
        var entity = new TableEntity("p", "r") { ["N"] = 1L };

        Assert.Throws<InvalidOperationException>(() => entity.GetInt32("N"));
        Assert.Null(entity.GetString("Missing"));
    }
}
