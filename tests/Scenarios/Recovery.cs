using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dunning.Book;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Scenarios;

public sealed class Recovery : Story
{
    [Fact]
    public async Task A_claimed_notice_without_an_outcome_is_listed_as_in_doubt_and_never_sent_again_by_itself()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        Host.Clock.SetTo(At("2026-03-19T09:00Z"));
        await PlanAsync();
        // What a sender leaves behind that dies between claim and outcome.
        var rows = (await Book.ReadAsync(id.Split('-')[0], CancellationToken.None))!;
        var notice = Assert.Single(rows.Notices);
        Assert.True(await Book.TryCommitAsync(
            new Move(rows.Id).Save(notice, notice.Value with { State = NoticeState.Sending, Claim = "dead", ClaimedAt = Host.Clock.GetUtcNow() }), CancellationToken.None));

        ExpectedWarnings.Add("is in doubt");
        Host.Clock.Advance(TimeSpan.FromMinutes(16));
        await RecoverAsync();
        await PassAsync("2026-03-20", "2026-03-22");

        Assert.Empty(Emails);
        Assert.Contains("inDoubt", await EventsAsync(id));
        var listed = (await RecoverListAsync()).GetProperty("inDoubt");
        Assert.Equal("20260319-email", Assert.Single(listed.EnumerateArray()).GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_poisoned_message_is_listed_with_its_cause_and_can_be_replayed()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        var customerId = id.Split('-')[0];
        Host.Clock.SetTo(At("2026-03-19T09:00Z"));
        // A customer whose row names a step that no policy has cannot be planned for: the scan fails until somebody mends it.
        var sound = (await Book.ReadAsync(customerId, CancellationToken.None))!.Customer;
        var table = Host.Services.GetService(typeof(Azure.Data.Tables.TableServiceClient)) as Azure.Data.Tables.TableServiceClient;
        var row = Rows.Write(Book.Shards.Of(customerId), Keys.Customer(customerId), new { nonsense = true });
        await table!.GetTableClient(Tables.Book).UpsertEntityAsync(row, Azure.Data.Tables.TableUpdateMode.Replace);

        ExpectedWarnings.AddRange(["ScanShard", "scan"]);
        await PlanAsync();
        for (var attempt = 0; attempt < 6; attempt++)
        {
            Host.Clock.Advance(TimeSpan.FromMinutes(2));
            await Host.PumpAsync();
        }
        var poisoned = Assert.Single((await RecoverListAsync()).GetProperty("poisoned").EnumerateArray());
        Assert.Equal("scan", poisoned.GetProperty("queue").GetString());
        Assert.Contains(customerId, poisoned.GetProperty("cause").GetString(), StringComparison.Ordinal);

        await table.GetTableClient(Tables.Book).UpsertEntityAsync(
            Rows.Write(Book.Shards.Of(customerId), Keys.Customer(customerId), sound.Value), Azure.Data.Tables.TableUpdateMode.Replace);
        using var replay = await PostAsync($"api/manage/recover/{poisoned.GetProperty("id").GetString()}/replay", new { });
        await Host.PumpAsync();

        Assert.Equal(HttpStatusCode.OK, replay.StatusCode);
        Assert.Single(Emails);
        Assert.Empty((await RecoverListAsync()).GetProperty("poisoned").EnumerateArray());
    }

    private Task<JsonElement> RecoverListAsync() => Http.GetFromJsonAsync<JsonElement>("api/manage/recover");
}
