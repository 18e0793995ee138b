using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Azure.Data.Tables;
using Dunning.FollowUps;
using Dunning.Notices.Delivery;
using Dunning.Receivables;
using Dunning.Recovery;
using Dunning.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Tests.Scenarios;

/// <summary>One list of all that waits for a person: <c>GET /api/manage/follow-ups</c>.</summary>
[Trait("Category", "Long")]
public sealed class FollowUpsForPersons : Scenario
{
    [Fact]
    public async Task A_call_that_the_policy_asks_for_is_listed_until_a_person_says_what_came_of_it()
    {
        var id = await PostInvoiceAsync(Invoice("C-1", due: "2026-03-02"));
        await AdvanceDailyAsync("2026-03-03", "2026-03-23");

        var call = Assert.Single(await ListAsync());
        Assert.Equal("policyStep", call.GetProperty("kind").GetString());
        Assert.Equal(
            ("C-1", "119.00", "remindersGoOn"),
            (
                call.GetProperty("number").GetString(),
                call.GetProperty("amount").GetString(),
                call.GetProperty("ifNobodyActs").GetString()
            )
        );
        Assert.Equal("POST /api/manage/follow-ups/" + IdOf(call) + "/done", call.GetProperty("resolve").GetString());

        await DoneAsync(IdOf(call), new { by = "Maya", until = "2026-03-25" });
        Assert.Empty(await ListAsync());
        Assert.Single(await ListAsync("?later=true"));
        await AdvanceToAsync("2026-03-25T09:00Z");
        var again = Assert.Single(await ListAsync());

        await DoneAsync(IdOf(again), new { by = "Maya", result = "will pay on Friday" });
        Assert.Empty(await ListAsync("?later=true"));
        var events = (await GetInvoiceAsync(id)).GetProperty("events").EnumerateArray().ToList();
        Assert.Equal(
            "Follow-up 'PolicyStep' done by Maya: will pay on Friday",
            events[^1].GetProperty("what").GetString()
        );
    }

    [Fact]
    public async Task A_payment_ends_what_was_to_be_done_about_the_invoice()
    {
        var id = await PostInvoiceAsync(Invoice("C-1", due: "2026-03-02"));
        await ChangeAsync(id, "promise", new { date = "2026-03-04" });
        await AdvanceDailyAsync("2026-03-03", "2026-03-09");
        Assert.Equal(["promiseBroken"], await KindsAsync());

        await PayAsync(id, "119.00", "2026-03-09");
        Assert.Empty(await KindsAsync());
    }

    [Fact]
    public async Task A_new_promise_takes_the_place_of_the_broken_one()
    {
        var id = await PostInvoiceAsync(Invoice("C-1", due: "2026-03-02"));
        await ChangeAsync(id, "promise", new { date = "2026-03-04" });
        await AdvanceDailyAsync("2026-03-03", "2026-03-09");

        await ChangeAsync(id, "promise", new { date = "2026-03-12" });
        Assert.Empty(await KindsAsync());
    }

    [Fact]
    public async Task The_most_urgent_kind_comes_first_and_each_names_the_request_that_resolves_it()
    {
        ExpectedWarnings.Add("All sending is stopped");
        var disputed = await PostInvoiceAsync(Invoice("D-1"));
        await ChangeAsync(disputed, "dispute", new { reason = "two missing" });
        var unreachable = await PostInvoiceAsync(Invoice("N-1", customer: Customer("nobody", email: null)));
        await PostInvoiceAsync(Invoice("N-2", customer: Customer("nobody", email: null)));
        using var stop = await PostAsync("api/manage/stop", new { by = "Maya", reason = "audit" });
        Assert.True(stop.IsSuccessStatusCode);
        await StripeAsync(Paid("unknown", 500));
        await Host.PumpAsync();

        Assert.Equal(["sendingStopped", "unmatchedPayment", "dispute", "noContact"], await KindsAsync());
        var items = await ListAsync();
        Assert.Equal("POST /api/manage/start", items[0].GetProperty("resolve").GetString());
        Assert.Equal($"POST /api/invoices/{disputed}/resume", items[2].GetProperty("resolve").GetString());
        Assert.Equal($"PUT /api/customers/{CustomerOf(unreachable)}", items[3].GetProperty("resolve").GetString());
        Assert.Equal("maya@harbourfinch.example", OwnerOf(items[3]));

        using var refused = await PostAsync(
            $"api/manage/follow-ups/{IdOf(items[2])}/done",
            new { by = "Maya", result = "fine" }
        );
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);

        await ChangeAsync(disputed, "resume", new { reason = "settled by phone" });
        await PutAsync(CustomerOf(unreachable), new { by = "Maya", email = "found@nobody.example" });
        using var start = await PostAsync(
            "api/manage/start",
            new
            {
                by = "Maya",
                reason = "done",
                confirm = true,
            }
        );
        Assert.True(start.IsSuccessStatusCode);
        Assert.Equal(["unmatchedPayment"], await KindsAsync());
    }

    [Fact]
    public async Task A_message_whose_slow_sender_records_it_after_it_was_listed_leaves_the_list()
    {
        await PostInvoiceAsync(Invoice("A-1", due: "2026-03-02"));
        Host.Clock.SetTo(At("2026-03-05T09:00Z"));
        await PlanAsync();
        var notice = (await FindNoticesAsync())[0];
        var channel = new ScriptedChannel(
            _ => Task.CompletedTask,
            async _ =>
            {
                Host.Clock.Advance(TimeSpan.FromMinutes(20));
                await Host.RunTimerAsync(nameof(RequeueStalledNotices));
                Assert.Contains("inDoubt", await KindsAsync());
            }
        );

        await Host
            .Services.GetRequiredService<NoticeDelivery>()
            .DeliverAsync(new NoticeReady(notice.CustomerId, notice.NoticeId), channel, CancellationToken.None);

        Assert.DoesNotContain("inDoubt", await KindsAsync());
    }

    private async Task<IReadOnlyList<(CustomerId CustomerId, NoticeId NoticeId)>> FindNoticesAsync()
    {
        List<(CustomerId, NoticeId)> notices = [];
        foreach (var shard in Table.Shards.All)
        {
            await foreach (var notice in Table.FindUnsentAsync(shard, Host.Clock.GetUtcNow(), CancellationToken.None))
                notices.Add(notice);
        }
        return notices;
    }

    [Fact]
    public async Task An_approval_is_listed_until_the_step_is_approved()
    {
        var id = await PostInvoiceAsync(Invoice("A-1", due: "2026-03-02"));
        await AdvanceDailyAsync("2026-03-03", "2026-04-02");
        Assert.Contains("approval", await KindsAsync());

        await ChangeAsync(id, "resume", new { reason = "settled by phone" });
        Assert.DoesNotContain("approval", await KindsAsync());
    }

    [Fact]
    public async Task A_reply_is_listed_until_it_is_answered_also_after_a_merge()
    {
        var old = await PostInvoiceAsync(Invoice("R-1", customer: Customer("old", phone: "+447700900001")));
        var other = await PostInvoiceAsync(Invoice("R-2", customer: Customer("new")));
        await ReceiveTextAsync("+447700900001", "when is it due?");
        using var merge = await PostAsync(
            $"api/manage/customers/{CustomerOf(old)}/merge",
            new
            {
                into = CustomerOf(other),
                by = "Maya",
                reason = "one firm",
            }
        );
        Assert.True(merge.IsSuccessStatusCode);

        var item = Assert.Single(await ListAsync());
        Assert.Equal(
            ("reply", "when is it due?", CustomerOf(other)),
            (
                item.GetProperty("kind").GetString(),
                item.GetProperty("text").GetString(),
                item.GetProperty("customerId").GetString()
            )
        );
        await DoneAsync(IdOf(item), new { by = "Maya", result = "told" });
        Assert.Empty(await ListAsync());
    }

    [Fact]
    public async Task A_note_comes_back_on_its_day_and_an_erasure_takes_it_and_all_else_away()
    {
        var id = await PostInvoiceAsync(Invoice("E-1"));
        await ChangeAsync(id, "dispute", new { reason = "two missing" });
        await PutAsync(
            CustomerOf(id),
            new { by = "Maya", notes = new[] { new { text = "call", followUpOn = "2026-03-05" } } }
        );
        Assert.Equal(["dispute"], await KindsAsync());
        await AdvanceToAsync("2026-03-05T08:00Z");
        Assert.Equal(["dispute", "note"], await KindsAsync());

        using var erased = await Http.DeleteAsync($"api/customers/{CustomerOf(id)}?force=true");
        Assert.True(erased.IsSuccessStatusCode);
        Assert.Empty(await KindsAsync());
        Assert.Equal(0, await CountRowsAsync());
    }

    [Fact]
    public async Task The_list_is_paged_and_reads_no_invoice_that_is_not_on_the_page()
    {
        for (var i = 1; i <= 5; i++)
        {
            var id = await PostInvoiceAsync(Invoice($"P-{i}", $"{i}0.00", customer: Customer($"c{i}")));
            await ChangeAsync(id, "dispute", new { reason = "late" });
        }
        var list = Host.Services.GetRequiredService<FollowUpList>();
        List<string?> numbers = [];
        var query = new FollowUpQuery(Limit: 2);
        do
        {
            var page = await list.ReadAsync(query, CancellationToken.None);
            Assert.Equal(5, page.Counts[FollowUpKind.Dispute]);
            Assert.InRange(page.Items.Count, 1, 2);
            numbers.AddRange(page.Items.Select(item => item.Number));
            query = query with { Continuation = page.Continuation };
        } while (query.Continuation is not null);

        Assert.Equal(["P-1", "P-2", "P-3", "P-4", "P-5"], numbers.Order());
    }

    private static string IdOf(JsonElement item) => item.GetProperty("id").GetString()!;

    private static string? OwnerOf(JsonElement item) => item.GetProperty("owner").GetProperty("email").GetString();

    private async Task<IReadOnlyList<JsonElement>> ListAsync(string query = "") =>
        [
            .. (await Http.GetFromJsonAsync<JsonElement>($"api/manage/follow-ups{query}"))
                .GetProperty("followUps")
                .EnumerateArray(),
        ];

    private async Task<IReadOnlyList<string>> KindsAsync() =>
        [.. (await ListAsync()).Select(item => item.GetProperty("kind").GetString()!)];

    private async Task DoneAsync(string id, object body)
    {
        using var response = await PostAsync($"api/manage/follow-ups/{id}/done", body);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    private async Task PutAsync(string customer, object body)
    {
        using var response = await Http.PutAsJsonAsync($"api/customers/{customer}", body);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    private async Task<int> CountRowsAsync()
    {
        var table = Host.Services.GetRequiredService<TableServiceClient>().GetTableClient(Tables.Book);
        var count = 0;
        await foreach (var _ in table.QueryAsync<TableEntity>("RowKey ge 'w_' and RowKey lt 'w`'"))
            count++;
        return count;
    }
}
