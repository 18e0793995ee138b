using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Dunning.Notices.Delivery;
using Dunning.Privacy;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Dunning.Recovery;
using Dunning.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Tests.Scenarios;

/// <summary>
/// Quixote's data are in every text field. £119, due Monday 16 March 2026; after the erasure nothing of them may remain
/// in storage.
/// </summary>
[Trait("Category", "Long")]
public sealed class ErasureRequests : Scenario
{
    private static readonly string[] _personalTexts = ["quixote", "447700900777", "GB98MIDL07009312345678"];

    [Fact]
    public async Task A_customer_with_open_invoices_is_kept_and_the_answer_names_them()
    {
        var id = await PostInvoiceAsync(Quixote("HF-1"));

        using var answer = await EraseAsync(id);

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("urn:dunning:problem:invoices-open", problem.GetProperty("type").GetString());
        Assert.Contains(
            "HF-1: 119.00 GBP owed",
            problem.GetProperty("errors")[0].GetProperty("detail").GetString(),
            StringComparison.Ordinal
        );
        Assert.Equal($"/api/invoices/{id}", problem.GetProperty("errors")[0].GetProperty("pointer").GetString());
        Assert.Contains("quixote", await ReadStorageAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reference_that_an_update_replaced_does_not_remain_either()
    {
        await PostInvoiceAsync(Quixote("HF-1", amount: "120.00"));
        var id = await PostInvoiceAsync(Quixote("HF-1"));
        Assert.DoesNotContain("QUIXOTEPAYS12000", await ReadStorageAsync(), StringComparison.OrdinalIgnoreCase);

        using var answer = await EraseAsync(id, "?force=true");

        await AssertErasedAsync();
    }

    [Fact]
    public async Task After_an_erasure_no_personal_data_remain_and_all_amounts_do()
    {
        var id = await CreateFullHistoryAsync();
        Assert.All(_personalTexts, trace => Assert.Contains(trace, Before, StringComparison.OrdinalIgnoreCase));

        using var answer = await EraseAsync(id);
        using var again = await EraseAsync(id);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (answer.StatusCode, again.StatusCode));
        Assert.Equal(await answer.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        await AssertErasedAsync();
        var view = await GetInvoiceAsync(id);
        Assert.Equal(
            ("settled", "119.00", "119.00", "HF-1", "2026-03-16"),
            (
                view.GetProperty("state").GetString(),
                view.GetProperty("amountDue").GetString(),
                view.GetProperty("paid").GetString(),
                view.GetProperty("number").GetString(),
                view.GetProperty("dueDate").GetString()
            )
        );
        Assert.Equal(KindsBefore, await EventsAsync(id));
        var sent = view.GetProperty("events").EnumerateArray().First(e => e.GetProperty("kind").GetString() == "sent");
        Assert.Equal("Sent by email", sent.GetProperty("what").GetString());
        Assert.Equal(64, sent.GetProperty("message").GetProperty("sha256").GetString()!.Length);
        Assert.Single(
            await Table.ReadLedgerAsync(Parse(id), CancellationToken.None),
            entry => entry.Value.Amount == new Money(119_00, "GBP")
        );
    }

    [Fact]
    public async Task A_customer_that_was_merged_is_erased_with_the_one_that_stayed()
    {
        var id = await CreateFullHistoryAsync();
        var panza = await PostInvoiceAsync(Invoice("HF-9", customer: Customer("panza")));
        await ChangeAsync(panza, "void", new { });
        using var merged = await PostAsync(
            $"api/manage/customers/{Parse(id).Customer}/merge",
            new
            {
                into = Parse(panza).Customer,
                by = "Ann",
                reason = "Quixote and Panza are one",
            }
        );
        Assert.Equal(HttpStatusCode.OK, merged.StatusCode);

        using var answer = await EraseAsync(id);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await AssertErasedAsync();
        Assert.Equal("settled", await StateAsync(id));
    }

    [Fact]
    public async Task By_force_open_invoices_stay_open_what_was_planned_is_not_sent_and_a_late_payment_is_booked()
    {
        var id = await PostInvoiceAsync(Quixote("HF-1"));
        Host.Clock.SetTo(At("2026-03-19T09:00Z"));
        await PlanAsync();

        using var answer = await EraseAsync(id, "?force=true");
        await AdvanceDailyAsync("2026-03-19", "2026-04-30");
        await RecoverAsync();

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Empty(Host.Outbox.Sent);
        Assert.Equal("erased", await StateAsync(id));
        Assert.Contains("notSent", await EventsAsync(id));
        await StripeAsync(Paid("Quixote himself"));
        await Host.PumpAsync();
        Assert.Equal(
            ("settled", "0.00"),
            (await StateAsync(id), (await GetInvoiceAsync(id)).GetProperty("balance").GetString())
        );
        Assert.Empty(Host.Outbox.Sent);
        await AssertErasedAsync();
    }

    [Fact]
    public async Task A_claimed_message_is_waited_for_and_one_in_doubt_is_given_up()
    {
        var id = await PostInvoiceAsync(Quixote("HF-1"));
        Host.Clock.SetTo(At("2026-03-19T09:00Z"));
        await PlanAsync();
        await ClearQueueAsync(Queues.EmailNotices);
        var account = (await Table.ReadAsync(Parse(id).Customer, CancellationToken.None))!;
        var claimed = account.Notices[0].Value with
        {
            State = NoticeState.Sending,
            Claim = "a sender",
            ClaimedAt = Host.Clock.GetUtcNow(),
        };
        Assert.True(
            await Table.TryCommitAsync(
                new CustomerTransaction(account.Id).Save(account.Notices[0], claimed),
                CancellationToken.None
            )
        );

        using var early = await EraseAsync(id, "?force=true");
        Host.Clock.Advance(Notice.ClaimTimeout);
        using var late = await EraseAsync(id, "?force=true");

        Assert.Equal(
            (HttpStatusCode.Conflict, 10),
            (early.StatusCode, (int)early.Headers.RetryAfter!.Delta!.Value.TotalSeconds)
        );
        Assert.Equal(HttpStatusCode.OK, late.StatusCode);
        Assert.Equal("inDoubt", (await EventsAsync(id))[^1]);
        await AssertErasedAsync();
    }

    [Fact]
    public async Task A_crash_in_the_middle_is_completed_by_the_timer_or_by_a_repeated_request()
    {
        var ids = new List<string>();
        for (var i = 0; i < 4; i++)
            ids.Add(await PostInvoiceAsync(Quixote($"HF-{i}")));
        foreach (var id in ids)
            await ChangeAsync(id, "void", new { reason = "Quixote asked for it" });
        Host.Clock.Advance(TimeSpan.FromHours(1));
        var erasure = Host.Services.GetRequiredService<CustomerErasure>();
        var customer = Parse(ids[0]).Customer;

        Assert.Equal(ErasureBlocker.None, await erasure.BeginAsync(customer, force: false, CancellationToken.None));
        Assert.False(await erasure.ContinueAsync(customer, 1, CancellationToken.None));
        Assert.Contains("Quixote asked for it", await ReadStorageAsync(), StringComparison.Ordinal);
        await Host.RunTimerAsync(nameof(ApplyRetention));

        await AssertErasedAsync();
        Assert.Null(await Table.ReadErasureRequestAsync(customer, CancellationToken.None));
        using var again = await EraseAsync(ids[0]);
        Assert.True((await again.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("done").GetBoolean());
    }

    [Fact]
    public async Task A_history_of_many_transactions_is_erased_completely()
    {
        var id = await PostInvoiceAsync(Quixote("HF-1"));
        for (var i = 0; i < 5; i++)
        {
            var transaction = new CustomerTransaction(Parse(id).Customer);
            for (var n = 0; n < 60; n++)
                transaction.AddEvent(
                    Parse(id),
                    new(Host.Clock.GetUtcNow(), EventKind.Held) { Text = $"Quixote {i} {n}" }
                );
            Assert.True(await Table.TryCommitAsync(transaction, CancellationToken.None));
        }
        await ChangeAsync(id, "void", new { });

        using var answer = await EraseAsync(id);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(302, (await EventsAsync(id)).Count);
        await AssertErasedAsync();
    }

    [Fact]
    public async Task A_new_invoice_brings_the_customer_back_and_an_old_one_does_not()
    {
        var old = await CreateFullHistoryAsync();
        using var answer = await EraseAsync(old);
        Host.Clock.Advance(TimeSpan.FromDays(1));

        await PostInvoiceAsync(Quixote("HF-1", amount: "120.00"));
        await AssertErasedAsync();
        Assert.Equal("120.00", (await GetInvoiceAsync(old)).GetProperty("amountDue").GetString());

        var id = await PostInvoiceAsync(Quixote("HF-2", issued: "2026-05-01", due: "2026-05-18"));
        var mails = Emails.Count();
        await AdvanceToAsync("2026-05-21T09:00Z");

        Assert.Equal(Parse(old).Customer, Parse(id).Customer);
        Assert.Equal(mails + 1, Emails.Count());
        Assert.DoesNotContain("HF-1", Emails.Last().Plain, StringComparison.Ordinal);
        Assert.Equal(
            "Quixote Ltd",
            (await GetInvoiceAsync(id)).GetProperty("customer").GetProperty("name").GetString()
        );
        Assert.DoesNotContain(
            "quixote",
            JsonSerializer.Serialize(
                (await Table.ReadInvoiceAsync(Parse(old), CancellationToken.None))!.Value,
                Rows.Json
            ),
            StringComparison.OrdinalIgnoreCase
        );
    }

    [Fact]
    public async Task Who_did_not_want_to_be_written_to_is_not_written_to_after_coming_back()
    {
        var id = await PostInvoiceAsync(Quixote("HF-1", dunning: new { doNotContact = true }));
        await ChangeAsync(id, "void", new { });
        using var answer = await EraseAsync(id);
        Host.Clock.Advance(TimeSpan.FromDays(1));

        await PostInvoiceAsync(Quixote("HF-2"));
        await AdvanceToAsync("2026-03-19T09:00Z");

        Assert.Empty(Host.Outbox.Sent);
    }

    [Fact]
    public async Task Who_is_not_known_is_not_found()
    {
        using var answer = await Http.DeleteAsync("api/customers/c0000000000000000");
        using var invalid = await Http.DeleteAsync("api/customers/x%23y");

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (answer.StatusCode, invalid.StatusCode));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(16)]
    public async Task A_prefix_of_an_id_matches_no_customer(int length)
    {
        var id = await PostInvoiceAsync(Quixote("HF-1"));

        using var answer = await Http.DeleteAsync($"api/customers/{id[..length]}?force=true");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("open", await StateAsync(id));
    }

    private string Before { get; set; } = "";
    private IReadOnlyList<string> KindsBefore { get; set; } = [];

    /// <summary>
    /// Creates a customer with every kind of stored data: reminders by email, SMS and copy, hold, dispute, failed
    /// payment, failed message, operator decision, payment and thank-you notice.
    /// </summary>
    private async Task<string> CreateFullHistoryAsync()
    {
        var id = await PostInvoiceAsync(Quixote("HF-1"));
        await AdvanceDailyAsync("2026-03-17", "2026-04-01");
        await ChangeAsync(id, "hold", new { reason = "Quixote is ill" });
        await ChangeAsync(id, "dispute", new { reason = "Quixote's goods arrived damaged" });
        await ChangeAsync(id, "resume", new { reason = "Quixote called" });
        await StripeAsync(
            new
            {
                id = "evt_1",
                @object = "event",
                type = "payment_intent.payment_failed",
                created = 1775000000,
                livemode = true,
                data = new
                {
                    @object = new
                    {
                        id = "pi_0",
                        @object = "payment_intent",
                        amount = 11900,
                        currency = "gbp",
                        last_payment_error = new { message = "Quixote's card was declined" },
                        metadata = new { invoice_number = "HF-1" },
                    },
                },
            }
        );
        await Host.PumpAsync();
        await Host
            .Services.GetRequiredService<Failures>()
            .PoisonAsync(
                Queues.EmailNotices,
                JsonSerializer.Serialize(
                    new NoticeReady(
                        new CustomerId(Parse(id).Customer.Value),
                        new NoticeId((new NoticeId("quixote")).Value)
                    ),
                    Rows.Json
                ),
                CancellationToken.None
            );
        Assert.True(
            await Table.TryCommitAsync(
                new CustomerTransaction(Parse(id).Customer).AddDecision(
                    "a doubt",
                    new OperatorDecision(OperatorDecisionKind.Sent, "Maya", "Quixote has it", Host.Clock.GetUtcNow())
                ),
                CancellationToken.None
            )
        );
        await StripeAsync(Paid("Quixote himself"));
        await AdvanceDailyAsync("2026-04-02", "2026-04-03");
        Assert.True(Emails.Count() > 2 && SmsMessages.Any());
        (Before, KindsBefore) = (await ReadStorageAsync(), await EventsAsync(id));
        return id;
    }

    private static object Quixote(
        string number,
        string amount = "119.00",
        string issued = "2026-02-01",
        string due = "2026-03-16",
        object? dunning = null
    ) =>
        new
        {
            externalId = number,
            number,
            issueDate = issued,
            dueDate = due,
            currency = "GBP",
            amountDue = amount,
            paymentUrl = "https://pay.example/quixote",
            documentUrl = "https://docs.example/quixote.pdf",
            payment = new
            {
                iban = "GB98MIDL07009312345678",
                accountName = "For Quixote",
                reference = $"Quixote pays {amount}",
            },
            orderReference = "Quixote's order",
            buyerReference = "Mr Quixote",
            paymentTermsText = "As agreed with Quixote",
            lines = new[]
            {
                new
                {
                    description = "A lance for Quixote",
                    quantity = "1",
                    amount,
                },
            },
            tags = new[] { "quixote" },
            metadata = new { knight = "Quixote" },
            dunning,
            customer = new
            {
                externalId = "k-77",
                name = "Quixote Ltd",
                email = "alonso@quixote.example",
                phone = "+447700900777",
                timeZone = "Europe/London",
                country = "GB",
                taxId = "QUIXOTE-1",
                contacts = new object[]
                {
                    new { name = "Alonso Quixote", email = "alonso@quixote.example" },
                    new
                    {
                        name = "Sancho",
                        email = "sancho@quixote.example",
                        role = "management",
                    },
                },
            },
        };

    private static object Paid(string payer) =>
        new
        {
            id = "evt_2",
            @object = "event",
            type = "payment_intent.succeeded",
            created = 1775000001,
            livemode = true,
            data = new
            {
                @object = new
                {
                    id = "pi_1",
                    @object = "payment_intent",
                    amount_received = 11900,
                    currency = "gbp",
                    metadata = new { invoice_number = "HF-1", payer },
                },
            },
        };

    private Task<HttpResponseMessage> EraseAsync(string invoiceId, string query = "") =>
        Http.DeleteAsync($"api/customers/{Parse(invoiceId).Customer}{query}");

    private static InvoiceId Parse(string id) =>
        InvoiceId.TryParse(id, out var parsed) ? parsed : throw new ArgumentException(id);

    private Task<string> ReadStorageAsync() =>
        StorageText.ReadAsync(
            Host.Services.GetRequiredService<TableServiceClient>(),
            Host.Services.GetRequiredService<BlobServiceClient>()
        );

    private async Task AssertErasedAsync()
    {
        var stored = await ReadStorageAsync();
        Assert.All(_personalTexts, trace => Assert.DoesNotContain(trace, stored, StringComparison.OrdinalIgnoreCase));
    }
}
