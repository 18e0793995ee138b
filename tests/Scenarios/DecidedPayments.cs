using System.Text;
using System.Text.Json;
using Dunning.Payments.Webhooks;
using Dunning.Receivables;
using Dunning.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Tests.Scenarios;

/// <summary>
/// £119 each, due Monday 16 March 2026. A person assigns, refunds or dismisses payments that are listed as unmatched.
/// </summary>
[Trait("Category", "Long")]
public sealed class DecidedPayments : Scenario
{
    private int _sent;

    [Fact]
    public async Task A_payment_without_a_reference_is_assigned_and_thanked_for()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        await StripeAsync(Paid("nobody", 11900));
        await Host.PumpAsync();
        Host.Clock.Advance(TimeSpan.FromMinutes(1));

        var answer = await AssignAsync((null, id, "119.00"));
        Assert.True(answer.GetProperty("finished").GetBoolean());
        Assert.Equal(("settled", "0.00", "[]"), (await StateAsync(id), await BalanceAsync(id), await UnmatchedAsync()));
        var paid = (await EventAsync(id, "paid")).Single();
        Assert.Equal(
            ("unmatchedPayment", "Maya", "she called", "pi_nobody", "stripe"),
            (
                Text(paid, "reason"),
                Text(paid, "by"),
                Text(paid, "text"),
                Text(paid, "paymentId"),
                Text(paid, "provider")
            )
        );
        Assert.Equal("Payment of 119.00 GBP through stripe: nothing is owed: she called (Maya)", Text(paid, "what"));
        await AdvanceDailyAsync("2026-03-03", "2026-04-03");
        Assert.StartsWith("Thank", Assert.Single(Emails).Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_payment_is_divided_among_the_invoices_of_two_customers()
    {
        var one = await PostInvoiceAsync(Invoice("HF-1"));
        var two = await PostInvoiceAsync(Invoice("HF-2", customer: Customer("beta", "ap@beta.example")));
        await StripeAsync(Paid("nobody", 15000));
        await Host.PumpAsync();

        await AssignAsync((null, one, "119.00"), ("pi_nobody", two, "31.00"));
        Assert.Equal(("settled", "partPaid"), (await StateAsync(one), await StateAsync(two)));
        Assert.Equal(("88.00", "[]"), (await BalanceAsync(two), await UnmatchedAsync()));
    }

    [Fact]
    public async Task What_is_not_assigned_stays_listed_with_its_amount_and_is_assigned_later()
    {
        var (one, two) = (await PostInvoiceAsync(Invoice("HF-1")), await PostInvoiceAsync(Invoice("HF-2")));
        await StripeAsync(Paid("nobody", 15000));
        await Host.PumpAsync();

        Assert.False((await AssignAsync((null, one, "119.00"))).GetProperty("finished").GetBoolean());
        var listed = await ListedAsync();
        Assert.Equal("31.00 GBP of payment 'pi_nobody' is not assigned", Text(listed, "problem"));
        Assert.Equal("31.00", Text(listed.GetProperty("payments")[0], "amount"));

        await AssignAsync((null, two, "31.00"));
        Assert.Equal(("0.00", "88.00"), (await BalanceAsync(one), await BalanceAsync(two)));
        Assert.Equal("[]", await UnmatchedAsync());
    }

    [Fact]
    public async Task The_same_request_again_changes_nothing_and_another_one_is_refused()
    {
        var (one, two) = (await PostInvoiceAsync(Invoice("HF-1")), await PostInvoiceAsync(Invoice("HF-2")));
        await StripeAsync(Paid("nobody", 15000));
        await Host.PumpAsync();
        var id = Text(await ListedAsync(), "delivery");
        var body = Body((null, one, "119.00"), (null, two, "31.00"));
        Assert.Equal(200, (await SendAsync(id, "assign", body)).Status);
        var events = (await EventsAsync(one)).Count + (await EventsAsync(two)).Count;

        Assert.Equal(200, (await SendAsync(id, "assign", body)).Status);
        Assert.Equal(events, (await EventsAsync(one)).Count + (await EventsAsync(two)).Count);
        foreach (
            var (decision, other) in new[] { ("assign", Body((null, one, "19.00"))), ("refund", Why), ("dismiss", Why) }
        )
            Assert.Equal(409, (await SendAsync(id, decision, other)).Status);
        Assert.Equal(("0.00", "88.00"), (await BalanceAsync(one), await BalanceAsync(two)));
    }

    [Fact]
    public async Task An_overpayment_is_moved_to_the_invoice_that_it_was_meant_for()
    {
        var (one, two) = (await PostInvoiceAsync(Invoice("HF-1")), await PostInvoiceAsync(Invoice("HF-2")));
        await StripeAsync(Paid("HF-1", 15000));
        await Host.PumpAsync();
        Host.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("-31.00", await BalanceAsync(one));

        await AssignAsync((null, two, "31.00"));
        Assert.Equal(("settled", "0.00"), (await StateAsync(one), await BalanceAsync(one)));
        Assert.Equal(("partPaid", "88.00"), (await StateAsync(two), await BalanceAsync(two)));
        Assert.Equal("[]", await UnmatchedAsync());
        Assert.Equal(
            "31.00 GBP of a payment through stripe was taken from this invoice by Maya: she called; nothing is owed",
            Text((await EventAsync(one, "decided")).Single(), "what")
        );
        Assert.DoesNotContain("reopened", await EventsAsync(one));
    }

    [Fact]
    public async Task Of_an_overpayment_no_more_than_the_surplus_is_moved()
    {
        var (one, two) = (await PostInvoiceAsync(Invoice("HF-1")), await PostInvoiceAsync(Invoice("HF-2")));
        await StripeAsync(Paid("HF-1", 15000));
        await Host.PumpAsync();
        var (status, text) = await SendAsync(
            Text(await ListedAsync(), "delivery"),
            "assign",
            Body((null, two, "31.01"))
        );
        Assert.Equal(422, status);
        Assert.Contains("31.00 GBP of payment 'pi_HF-1' can be assigned", text, StringComparison.Ordinal);
        Assert.Equal(("-31.00", "119.00"), (await BalanceAsync(one), await BalanceAsync(two)));

        await AssignAsync((null, two, "11.00"));
        Assert.Equal(("-20.00", "108.00"), (await BalanceAsync(one), await BalanceAsync(two)));
        Assert.Contains("overpaid by 20.00 GBP", Text(await ListedAsync(), "problem"), StringComparison.Ordinal);
        await AssignAsync((null, two, "31.00"));
        Assert.Equal(("0.00", "88.00"), (await BalanceAsync(one), await BalanceAsync(two)));
        Assert.Equal("[]", await UnmatchedAsync());
    }

    [Fact]
    public async Task Money_on_a_void_invoice_goes_to_the_one_that_replaces_it()
    {
        var one = await PostInvoiceAsync(Invoice("HF-1"));
        await ChangeAsync(one, "void", new { reason = "issued anew" });
        var two = await PostInvoiceAsync(Invoice("HF-2"));
        await StripeAsync(Paid("HF-1", 11900));
        await Host.PumpAsync();

        await AssignAsync((null, two, "119.00"));
        Assert.Equal(("void", "settled"), (await StateAsync(one), await StateAsync(two)));
        Assert.Equal("0.00", Text(await GetInvoiceAsync(one), "paid"));
        Assert.Equal("[]", await UnmatchedAsync());
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("HF-1")]
    public async Task Repeated_webhooks_of_the_payment_undo_nothing(string reference)
    {
        var (one, two) = (await PostInvoiceAsync(Invoice("HF-1")), await PostInvoiceAsync(Invoice("HF-2")));
        await StripeAsync(Paid(reference, 15000));
        await Host.PumpAsync();
        if (reference == "HF-1")
            await AssignAsync((null, two, "31.00"));
        else
            await AssignAsync((null, one, "119.00"), (null, two, "31.00"));
        var events = (await EventsAsync(one)).Count + (await EventsAsync(two)).Count;

        await StripeAsync(Paid(reference, 15000));
        await StripeAsync(OtherEvent(reference, 15000, "evt_other", hasReference: true));
        await StripeAsync(OtherEvent(reference, 15000, "evt_third", hasReference: false));
        await Host.PumpAsync();
        await RecoverAsync();
        Assert.Equal(("0.00", "88.00"), (await BalanceAsync(one), await BalanceAsync(two)));
        Assert.Equal("[]", await UnmatchedAsync());
        Assert.Equal(events, (await EventsAsync(one)).Count + (await EventsAsync(two)).Count);
    }

    [Fact]
    public async Task A_repeated_webhook_does_not_bring_back_a_payment_of_which_a_rest_is_listed()
    {
        var one = await PostInvoiceAsync(Invoice("HF-1"));
        await StripeAsync(Paid("HF-2", 15000));
        await Host.PumpAsync();
        await AssignAsync((null, one, "119.00"));

        await StripeAsync(Paid("HF-2", 15000));
        var two = await PostInvoiceAsync(Invoice("HF-2"));
        await Host.PumpAsync();
        Assert.Equal("119.00", await BalanceAsync(two));
        Assert.Equal("31.00", Text((await ListedAsync()).GetProperty("payments")[0], "amount"));
        Assert.False((await GetInvoiceAsync(two)).TryGetProperty("whyNotDemanded", out _));
    }

    [Fact]
    public async Task When_the_provider_reports_another_amount_of_an_assigned_payment_a_person_is_told()
    {
        var one = await PostInvoiceAsync(Invoice("HF-1"));
        await StripeAsync(Paid("nobody", 15000));
        await Host.PumpAsync();
        await AssignAsync((null, one, "119.00"));
        await SendListedAsync("dismiss");

        await StripeAsync(OtherEvent("nobody", 14000, "evt_other", hasReference: false));
        await Host.PumpAsync();
        Assert.Equal("0.00", await BalanceAsync(one));
        Assert.Equal(
            "a person assigned 119.00 GBP of payment 'pi_nobody' to invoice HF-1, and the provider now reports "
                + "140.00 GBP: compare them",
            Text(await ListedAsync(), "problem")
        );
    }

    [Fact]
    public async Task Parts_of_one_transfer_that_name_other_invoices_are_booked_as_before()
    {
        var (one, two) = (await PostInvoiceAsync(Invoice("HF-1")), await PostInvoiceAsync(Invoice("HF-2")));
        await ReceiveAsync("transfer-1", "HF-9", "119.00");
        await AssignAsync((null, one, "119.00"));

        await ReceiveAsync("transfer-1", "HF-2", "119.00");
        await ReceiveAsync("transfer-1", "HF-9", "119.00");
        Assert.Equal(
            ("settled", "settled", "[]"),
            (await StateAsync(one), await StateAsync(two), await UnmatchedAsync())
        );
    }

    [Fact]
    public async Task After_a_crash_between_two_invoices_the_same_request_completes_it()
    {
        var (one, two) = (await PostInvoiceAsync(Invoice("HF-1")), await PostInvoiceAsync(Invoice("HF-2")));
        await StripeAsync(Paid("HF-1", 15000));
        await Host.PumpAsync();
        // The decision was stored, and the process stopped before anything was posted.
        var inbox = Host.Services.GetRequiredService<Inbox>();
        var id = Text(await ListedAsync(), "delivery");
        var found = (await inbox.FindByIdAsync(id, default))!;
        Assert.True(
            await inbox.TryDecideAsync(
                found,
                found.Row.Value with
                {
                    Decisions = [new(OperatorDecisionKind.Assigned, "Maya", "she called", Host.Clock.GetUtcNow())],
                    Allocations =
                    [
                        new("pi_HF-1", IdOf(one), new Money(11900, "GBP")),
                        new("pi_HF-1", IdOf(two), new Money(3100, "GBP")),
                    ],
                },
                default
            )
        );
        Assert.Equal(422, (await SendAsync(id, "assign", Body((null, two, "32.00")))).Status);
        Assert.Equal("119.00", await BalanceAsync(two));

        Assert.Equal(200, (await SendAsync(id, "assign", Body((null, two, "31.00")))).Status);
        Assert.Equal(("0.00", "88.00"), (await BalanceAsync(one), await BalanceAsync(two)));
        Assert.Equal("[]", await UnmatchedAsync());
        Assert.Single(await EventsAsync(two), kind => kind == "paid");
    }

    [Fact]
    public async Task A_surplus_that_was_given_back_is_in_the_balance_and_the_history_and_nothing_is_reopened()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        await StripeAsync(Paid("HF-1", 15000));
        await Host.PumpAsync();
        await SendListedAsync("refund");

        Assert.Equal(("settled", "0.00", "[]"), (await StateAsync(id), await BalanceAsync(id), await UnmatchedAsync()));
        var refunded = (await EventAsync(id, "refunded")).Single();
        Assert.Equal(("31.00", "Maya"), (Text(refunded, "amount"), Text(refunded, "by")));
        Assert.Equal(
            "Refund of 31.00 GBP through stripe: nothing is owed: wire of 2 March (Maya)",
            Text(refunded, "what")
        );

        // The provider reports the same refund.
        await StripeAsync(
            StripeEvent(
                "refund.updated",
                new
                {
                    id = "re_1",
                    @object = "refund",
                    amount = 3100,
                    currency = "gbp",
                    status = "succeeded",
                    payment_intent = "pi_HF-1",
                },
                created: 1772442100
            )
        );
        await Host.PumpAsync();
        Assert.Equal(("settled", "0.00"), (await StateAsync(id), await BalanceAsync(id)));
        await AdvanceDailyAsync("2026-03-16", "2026-03-20");
        Assert.DoesNotContain(Emails, mail => mail.Subject.Contains("remind", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("refund", "A payment through standard@endpoint1 that names this invoice was given back")]
    [InlineData("dismiss", "A payment through standard@endpoint1 that names this invoice was dismissed")]
    public async Task Every_invoice_that_the_delivery_names_has_the_decision(string decision, string words)
    {
        var one = await PostInvoiceAsync(Invoice("HF-1"));
        var two = await PostInvoiceAsync(With(Invoice("HF-1"), ("externalId", "other")));
        await ReceiveAsync("transfer-1", "HF-1", "119.00");
        var id = Text(await ListedAsync(), "delivery");
        await SendListedAsync(decision);
        Assert.Equal(200, (await SendAsync(id, decision, Why)).Status);

        Assert.Equal("[]", await UnmatchedAsync());
        foreach (var invoice in new[] { one, two })
        {
            var decided = (await EventAsync(invoice, "decided")).Single();
            Assert.Equal(("unmatchedPayment", "Maya"), (Text(decided, "reason"), Text(decided, "by")));
            Assert.StartsWith(words.Split('@')[0], Text(decided, "what"), StringComparison.Ordinal);
            Assert.Equal("119.00", await BalanceAsync(invoice));
        }
    }

    [Fact]
    public async Task A_dismissed_payment_stays_away_and_is_kept_as_evidence()
    {
        await StripeAsync(Paid("HF-1", 11900));
        await Host.PumpAsync();
        var id = Text(await ListedAsync(), "delivery");
        await SendListedAsync("dismiss");
        await StripeAsync(Paid("HF-1", 11900));
        var invoice = await PostInvoiceAsync(Invoice("HF-1"));
        await Host.PumpAsync();
        await RecoverAsync();

        Assert.Equal(("119.00", "[]"), (await BalanceAsync(invoice), await UnmatchedAsync()));
        var kept = await Host.Services.GetRequiredService<Inbox>().FindByIdAsync(id, default);
        Assert.Equal(
            new OperatorDecision(OperatorDecisionKind.Dismissed, "Maya", "wire of 2 March", At("2026-03-02T00:00Z")),
            Assert.Single(kept!.Row.Value.Decisions!)
        );
        Assert.Equal(200, (await SendAsync(id, "dismiss", Why)).Status);
        Assert.Equal(409, (await SendAsync(id, "refund", Why)).Status);
    }

    [Fact]
    public async Task A_recovery_is_assigned_after_the_write_off_was_taken_back()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        using var made = await PostAsync(
            $"api/invoices/{id}/write-off",
            new { by = "Maya", reason = "insolvent" },
            ("Idempotency-Key", "one")
        );
        var writeOff = Text(JsonElement.Parse(await made.Content.ReadAsStringAsync()), "writeOffId");
        await StripeAsync(Paid("HF-1", 11900));
        await Host.PumpAsync();
        await SendAsync(HttpMethod.Delete, $"api/invoices/{id}/write-off/{writeOff}", """{"by":"M","reason":"r"}""");

        await AssignAsync((null, id, "119.00"));
        Assert.Equal(("settled", "0.00", "[]"), (await StateAsync(id), await BalanceAsync(id), await UnmatchedAsync()));
    }

    [Fact]
    public async Task Who_and_why_are_erased_with_the_customer_in_the_inbox_too()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        await StripeAsync(Paid("nobody", 11900));
        await Host.PumpAsync();
        var delivery = Text(await ListedAsync(), "delivery");
        await AssignAsync((null, id, "119.00"));
        await Host.PumpAsync();
        using var answer = await Http.DeleteAsync($"api/customers/{CustomerOf(id)}");
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());

        Assert.DoesNotContain("Maya", (await GetInvoiceAsync(id)).ToString(), StringComparison.Ordinal);
        var kept = (await Host.Services.GetRequiredService<Inbox>().FindByIdAsync(delivery, default))!.Row.Value;
        Assert.True(kept.IsErased);
        var decision = Assert.Single(kept.Decisions!);
        Assert.Equal((null, null), (decision.By, decision.Note));
    }

    [Fact]
    public async Task Merged_customers_get_what_was_assigned_under_the_former_id()
    {
        var one = await PostInvoiceAsync(Invoice("HF-1"));
        var two = await PostInvoiceAsync(Invoice("HF-2", customer: Customer("beta", "ap@beta.example")));
        await StripeAsync(Paid("nobody", 11900));
        await Host.PumpAsync();
        using var merged = await PostAsync(
            $"api/manage/customers/{one.Split('-')[0]}/merge",
            new
            {
                into = two.Split('-')[0],
                by = "Maya",
                reason = "one firm",
            }
        );
        Assert.True(merged.IsSuccessStatusCode, await merged.Content.ReadAsStringAsync());

        await AssignAsync((null, one, "119.00"));
        Assert.Equal(("settled", "[]"), (await StateAsync(one), await UnmatchedAsync()));
    }

    [Theory]
    [InlineData("""{"by":"Maya"}""", 422, "#/allocations")]
    [InlineData("""{"allocations":[],"by":"Maya"}""", 422, "#/allocations")]
    [InlineData("""{"allocations":[{"invoice":"ID","amount":"1.00"}]}""", 422, "#/by")]
    [InlineData("""{"allocations":[{"amount":"1.00"}],"by":"Maya"}""", 422, "#/allocations/0/invoice")]
    [InlineData("""{"allocations":[{"invoice":"ID"}],"by":"Maya"}""", 422, "#/allocations/0/amount")]
    [InlineData("""{"allocations":[{"invoice":"x","amount":"1.00"}],"by":"Maya"}""", 422, "unknown_invoice")]
    [InlineData("""{"allocations":[{"invoice":"ID","amount":"1,00"}],"by":"Maya"}""", 422, "not_a_decimal")]
    [InlineData("""{"allocations":[{"invoice":"ID","amount":"-1"}],"by":"Maya"}""", 422, "negative")]
    [InlineData("""{"allocations":[{"invoice":"ID","amount":"119.01"}],"by":"Maya"}""", 422, "above_payment")]
    [InlineData("""{"allocations":[{"invoice":"EUR","amount":"1.00"}],"by":"Maya"}""", 422, "currency_differs")]
    [InlineData(
        """{"allocations":[{"paymentId":"pi_2","invoice":"ID","amount":"1.00"}],"by":"Maya"}""",
        422,
        "unknown_payment"
    )]
    [InlineData(
        """{"allocations":[{"invoice":"ID","amount":"1.00"},{"invoice":"ID","amount":"2.00"}],"by":"Maya"}""",
        422,
        "#/allocations/1/invoice"
    )]
    [InlineData("""{"allocations":""", 400, "malformed-json")]
    [InlineData("", 400, "malformed-json")]
    public async Task A_bad_assignment_is_answered_with_the_field_and_changes_nothing(
        string body,
        int status,
        string says
    )
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        var euro = await PostInvoiceAsync(Invoice("HF-2", currency: "EUR"));
        await StripeAsync(Paid("nobody", 11900));
        await Host.PumpAsync();
        var delivery = Text(await ListedAsync(), "delivery");
        var (answered, text) = await SendAsync(
            delivery,
            "assign",
            body.Replace("\"ID\"", $"\"{id}\"", StringComparison.Ordinal)
                .Replace("\"EUR\"", $"\"{euro}\"", StringComparison.Ordinal)
        );
        Assert.True(answered == status && text.Contains(says, StringComparison.Ordinal), $"{answered} {text}");
        Assert.Equal("119.00", await BalanceAsync(id));
        Assert.Equal(delivery, Text(await ListedAsync(), "delivery"));
    }

    [Theory]
    [InlineData("refund", """{"note":"n"}""", 422, "#/by")]
    [InlineData("dismiss", """{"by":""}""", 422, "#/by")]
    [InlineData("dismiss", """{"by":"Maya","nota":"n"}""", 422, "#/nota")]
    [InlineData("refund", "", 400, "malformed-json")]
    public async Task A_bad_decision_is_answered_with_the_field(string decision, string body, int status, string says)
    {
        await StripeAsync(Paid("nobody", 11900));
        await Host.PumpAsync();
        var (answered, text) = await SendAsync(Text(await ListedAsync(), "delivery"), decision, body);
        Assert.True(answered == status && text.Contains(says, StringComparison.Ordinal), $"{answered} {text}");
        Assert.NotEqual("[]", await UnmatchedAsync());
    }

    [Fact]
    public async Task An_unknown_or_applied_delivery_is_not_found()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        await StripeAsync(Paid("HF-1", 11900));
        await Host.PumpAsync();
        var applied = Ids.Hash('d', "evt_HF-1");
        foreach (var delivery in new[] { applied, "d0000000000000000" })
        {
            Assert.Equal(404, (await SendAsync(delivery, "assign", Body((null, id, "1.00")))).Status);
            Assert.Equal(404, (await SendAsync(delivery, "refund", Why)).Status);
            Assert.Equal(404, (await SendAsync(delivery, "dismiss", Why)).Status);
        }
    }

    private const string Why = """{"by":"Maya","note":"wire of 2 March"}""";

    private static string Body(params (string? Payment, string Invoice, string Amount)[] allocations) =>
        JsonSerializer.Serialize(
            new
            {
                allocations = allocations.Select(a => new
                {
                    paymentId = a.Payment,
                    invoice = a.Invoice,
                    amount = a.Amount,
                }),
                by = "Maya",
                note = "she called",
            }
        );

    private static InvoiceId IdOf(string id) => InvoiceId.TryParse(id, out var parsed) ? parsed : default;

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    private async Task<IReadOnlyList<JsonElement>> EventAsync(string id, string kind) =>
        [.. (await GetInvoiceAsync(id)).GetProperty("events").EnumerateArray().Where(e => Text(e, "kind") == kind)];

    private async Task<JsonElement> ListedAsync() =>
        Assert.Single(JsonElement.Parse(await UnmatchedAsync()).EnumerateArray());

    private async Task<JsonElement> AssignAsync(params (string? Payment, string Invoice, string Amount)[] allocations)
    {
        var (status, text) = await SendAsync(Text(await ListedAsync(), "delivery"), "assign", Body(allocations));
        Assert.True(status == 200, text);
        return JsonElement.Parse(text);
    }

    private async Task SendListedAsync(string decision)
    {
        var (status, text) = await SendAsync(Text(await ListedAsync(), "delivery"), decision, Why);
        Assert.True(status == 200, text);
    }

    private Task<(int Status, string Text)> SendAsync(string delivery, string decision, string body) =>
        SendAsync(HttpMethod.Post, $"api/manage/payments/unmatched/{delivery}/{decision}", body);

    private async Task<(int Status, string Text)> SendAsync(HttpMethod method, string path, string body)
    {
        using var request = new HttpRequestMessage(method, path)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        using var answer = await Http.SendAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Another event about the payment of <see cref="Scenario.Paid"/>.</summary>
    private static object OtherEvent(string reference, long minor, string id, bool hasReference) =>
        StripeEvent(
            "payment_intent.succeeded",
            new
            {
                id = $"pi_{reference}",
                @object = "payment_intent",
                amount_received = minor,
                currency = "gbp",
                metadata = hasReference ? new { invoice_number = reference } : (object)new { },
            },
            id,
            1772442060
        );

    private async Task ReceiveAsync(string payment, string number, string amount)
    {
        _sent++;
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                type = "payment.received",
                timestamp = $"2026-03-01T09:00:{_sent:00}Z",
                data = new
                {
                    invoiceNumber = number,
                    paymentId = payment,
                    amount,
                    currency = "GBP",
                },
            }
        );
        Assert.Equal(200, await DeliverStandardAsync(body, $"msg_{_sent}"));
        await Host.PumpAsync();
    }
}
