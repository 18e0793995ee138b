using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dunning.Local.MailViewer;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Dunning.Tests.Faults;
using Dunning.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Tests.Scenarios;

/// <summary>
/// A person says that two customers are one. £119 each, due on Monday 16 March 2026, so that the first reminder is due
/// on the 19th and the second on the 23rd.
/// </summary>
[Trait("Category", "Long")]
public sealed class MergedCustomers : Scenario
{
    private const string Number = "+447700900123";
    private readonly FailingStorageTransport _storage = new();

    protected override void ReplaceServices(IServiceCollection services) => _storage.Use(services);

    [Fact]
    public async Task The_invoices_of_both_are_demanded_in_one_letter_under_one_name()
    {
        var old = await PostInvoiceAsync(Invoice("HF-1", customer: Customer("amber", "a@amber.example")));
        var other = await PostInvoiceAsync(Invoice("HF-2", customer: Customer("amberley")));

        var merged = await MergeAsync(old, other);
        await AdvanceToAsync("2026-03-19T09:00Z");

        Assert.Equal(CustomerOf(other), merged.GetProperty("id").GetString());
        Assert.Equal(2, merged.GetProperty("openInvoices").GetArrayLength());
        var mail = Assert.Single(Emails);
        Assert.Contains("tom@amberley.example", mail.To[0], StringComparison.Ordinal);
        Assert.Contains("HF-1", mail.Plain, StringComparison.Ordinal);
        Assert.Contains("HF-2", mail.Plain, StringComparison.Ordinal);
        Assert.Equal(CustomerOf(other), CustomerOf((await GetInvoiceAsync(old)).GetProperty("id").GetString()!));
        Assert.Contains("decided", await EventsAsync(old));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_minimum_distance_holds_between_a_reminder_of_one_and_a_reminder_of_the_other(
        bool remindedEnds
    )
    {
        var reminded = await PostInvoiceAsync(Invoice("HF-1", customer: Customer("amber", "a@amber.example")));
        await AdvanceToAsync("2026-03-19T09:00Z");
        var waiting = await PostInvoiceAsync(Invoice("HF-2", due: "2026-03-17", customer: Customer("amberley")));
        Host.Clock.SetTo(At("2026-03-20T09:00Z"));
        await PlanAsync();

        await (remindedEnds ? MergeAsync(reminded, waiting) : MergeAsync(waiting, reminded));
        await AdvanceDailyAsync("2026-03-20", "2026-03-22");
        Assert.Single(Emails);

        await AdvanceDailyAsync("2026-03-23", "2026-03-23");
        Assert.Equal(2, Emails.Count());
        Assert.Contains("HF-2", Emails.Last().Plain, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_planned_reminder_goes_out_once_for_both()
    {
        var old = await PostInvoiceAsync(Invoice("HF-1", customer: Customer("amber", "a@amber.example")));
        var other = await PostInvoiceAsync(Invoice("HF-2", customer: Customer("amberley")));
        Host.Clock.SetTo(At("2026-03-19T09:00Z"));
        await PlanAsync();

        await MergeAsync(old, other);
        await Host.PumpAsync();
        Assert.Empty(Emails);
        await AdvanceDailyAsync("2026-03-19", "2026-03-20");

        Assert.Contains("HF-1", Assert.Single(Emails).Plain, StringComparison.Ordinal);
        Assert.Contains("notSent", await EventsAsync(old));
    }

    [Fact]
    public async Task A_wish_not_to_be_written_to_counts_for_both()
    {
        var old = await PostInvoiceAsync(
            With(Invoice("HF-1", customer: Customer("amber", phone: Number)), ("dunning", new { doNotContact = true }))
        );
        var other = await PostInvoiceAsync(Invoice("HF-2"));

        await MergeAsync(old, other);
        await AdvanceDailyAsync("2026-03-19", "2026-04-03");

        Assert.Empty(Host.Outbox.Sent);
    }

    [Fact]
    public async Task A_number_that_opted_out_gets_no_text_from_the_other_customer()
    {
        var old = await PostInvoiceAsync(Invoice("HF-1", customer: Customer("amber", email: null, phone: Number)));
        var other = await PostInvoiceAsync(Invoice("HF-2", customer: Customer(phone: Number)));
        var customer = (await Table.ReadAsync(new CustomerId(CustomerOf(old)), CancellationToken.None))!.Customer;
        await CommitAsync(
            new CustomerTransaction(new CustomerId(CustomerOf(old))).Save(
                customer,
                customer.Value.OptOut(new OptOut(Number, Host.Clock.GetUtcNow(), "STOP"))
            )
        );

        await MergeAsync(old, other);
        await AdvanceDailyAsync("2026-03-19", "2026-04-03");

        Assert.Empty(SmsMessages);
        Assert.NotEmpty(Emails);
    }

    [Fact]
    public async Task Payments_that_name_the_old_id_or_arrived_before_count_and_are_thanked_for_once()
    {
        var old = await PostInvoiceAsync(Invoice("HF-1", customer: Customer("amber", "a@amber.example")));
        var other = await PostInvoiceAsync(Invoice("HF-2"));
        await RecordAsync(old, "19.00", "p-1");
        await MergeAsync(old, other);

        Assert.Equal("100.00", await BalanceAsync(old));
        await RecordAsync(old, "50.00", "p-2");
        await RecordAsync(old, "19.00", "p-1");
        await StripeAsync(Paid(old, 5000));
        await Host.PumpAsync();
        await AdvanceDailyAsync("2026-03-16", "2026-03-18");

        Assert.Equal(("0.00", "settled"), (await BalanceAsync(old), await StateAsync(old)));
        Assert.Single(Emails, mail => mail.Subject.StartsWith("Thank you", StringComparison.Ordinal));
        Assert.Equal("[]", await UnmatchedAsync());

        using var removal = new HttpRequestMessage(HttpMethod.Delete, $"api/invoices/{old}/payments/p-2")
        {
            Content = JsonContent.Create(new { by = "Ann", reason = "typed twice" }),
        };
        using var removed = await Http.SendAsync(removal);
        Assert.Equal("50.00", await BalanceAsync(old));
    }

    [Fact]
    public async Task A_refund_and_a_chargeback_of_a_payment_before_the_merge_find_the_invoice()
    {
        var old = await PostInvoiceAsync(Invoice("HF-1", customer: Customer("amber", "a@amber.example")));
        var other = await PostInvoiceAsync(Invoice("HF-2"));
        await StripeAsync(Paid("HF-1", 11900));
        await Host.PumpAsync();

        await MergeAsync(old, other);
        await StripeAsync(
            StripeEvent(
                "charge.refunded",
                new
                {
                    id = "ch_1",
                    @object = "charge",
                    payment_intent = "pi_HF-1",
                    amount_refunded = 11900,
                    currency = "gbp",
                },
                created: 1772443000
            )
        );
        await Host.PumpAsync();

        Assert.Equal("119.00", await BalanceAsync(old));
        Assert.NotEqual("settled", await StateAsync(old));
    }

    [Fact]
    public async Task A_thank_you_that_waits_is_sent_by_the_other_customer()
    {
        var old = await PostInvoiceAsync(Invoice("HF-1", customer: Customer("amber", "a@amber.example")));
        var other = await PostInvoiceAsync(Invoice("HF-2"));
        Host.Clock.SetTo(At("2026-03-06T23:00Z"));
        await StripeAsync(Paid("HF-1", 11900));
        await Host.PumpAsync();
        Assert.Empty(Emails);

        await MergeAsync(old, other);
        await AdvanceDailyAsync("2026-03-07", "2026-03-10");

        var thanks = Assert.Single(Emails, mail => mail.Subject.StartsWith("Thank you", StringComparison.Ordinal));
        Assert.Contains("tom@amberley.example", thanks.To[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dead_address_of_a_message_from_before_is_not_used_by_the_other_customer()
    {
        var old = await PostInvoiceAsync(Invoice("HF-1", customer: Customer("amber")));
        await AdvanceToAsync("2026-03-19T09:00Z");
        var other = await PostInvoiceAsync(Invoice("HF-2", customer: Customer("amberley", phone: Number)));

        await MergeAsync(old, other);
        await Host.Services.GetRequiredService<ProviderCallbacks>().ReportAsync(Assert.Single(Emails), "Bounced");
        await Host.PumpAsync();

        var customer = (await Table.ReadAsync(new CustomerId(CustomerOf(other)), CancellationToken.None))!
            .Customer
            .Value;
        Assert.Equal(["tom@amberley.example"], customer.DeadAddresses);
    }

    [Fact]
    public async Task Documents_of_the_customer_that_ended_change_invoices_and_no_contact_data()
    {
        var old = await PostInvoiceAsync(Invoice("HF-1", customer: Customer("amber", "a@amber.example")));
        var other = await PostInvoiceAsync(Invoice("HF-2"));
        await MergeAsync(old, other);

        var again = await PostInvoiceAsync(Invoice("HF-1", "80.00", customer: Customer("amber", "new@amber.example")));
        var next = await PostInvoiceAsync(Invoice("HF-3", customer: Customer("amber", "new@amber.example")));
        using var answer = await PostAsync(
            "api/invoices",
            Invoice("HF-4", customer: Customer("amber", "new@amber.example"))
        );

        Assert.Equal([CustomerOf(other), CustomerOf(other)], new[] { again, next }.Select(CustomerOf));
        Assert.Equal("80.00", await BalanceAsync(old));
        Assert.Contains("was merged into", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var customer = (await Table.ReadAsync(new CustomerId(CustomerOf(old)), CancellationToken.None))!.Customer.Value;
        Assert.Equal(("tom@amberley.example", "amberley"), (customer.Email, customer.ExternalId));
    }

    [Fact]
    public async Task A_merge_answers_the_question_whose_invoice_it_is()
    {
        object Alpha(string number, string? taxId) =>
            Invoice(
                number,
                customer: taxId is null
                    ? new { name = "Alpha GmbH", email = "office@alpha.example" }
                    : new
                    {
                        name = "Alpha GmbH",
                        email = "office@alpha.example",
                        taxId,
                    }
            );
        var one = await PostInvoiceAsync(Alpha("HF-1", "DE1"));
        await PostInvoiceAsync(Alpha("HF-2", "DE2"));
        var question = await PostInvoiceAsync(Alpha("HF-3", null));
        Assert.Equal("onHold", await StateAsync(question));

        await MergeAsync(question, one);
        var later = await PostInvoiceAsync(Alpha("HF-4", null));
        await AdvanceToAsync("2026-03-19T09:00Z");

        Assert.Equal("[]", await Http.GetStringAsync("api/manage/customers/questions"));
        Assert.Equal("open", await StateAsync(question));
        Assert.Equal(CustomerOf(one), CustomerOf(later));
        Assert.Equal(2, Emails.Count());
    }

    [Fact]
    public async Task Closed_invoices_move_too_and_are_counted_once()
    {
        var old = await PostInvoiceAsync(Invoice("HF-1", customer: Customer("amber", "a@amber.example")));
        await ChangeAsync(old, "void", new { });
        var other = await PostInvoiceAsync(Invoice("HF-2"));

        await MergeAsync(old, other);

        Assert.Equal("void", await StateAsync(old));
        Assert.Null(
            await Table.ReadUnmovedAsync(
                new InvoiceId(new CustomerId(CustomerOf(old)), old.Split('-')[1]),
                CancellationToken.None
            )
        );
    }

    [Fact]
    public async Task Repeating_a_merge_changes_nothing_and_merging_goes_on_from_the_one_that_stayed()
    {
        var first = await PostInvoiceAsync(Invoice("HF-1", customer: Customer("one", "one@a.example")));
        var second = await PostInvoiceAsync(Invoice("HF-2", customer: Customer("two", "two@a.example")));
        var third = await PostInvoiceAsync(Invoice("HF-3", customer: Customer("three", "three@a.example")));
        await MergeAsync(first, second);
        await MergeAsync(first, second);
        await MergeAsync(second, third);

        Assert.Equal(CustomerOf(third), CustomerOf((await GetInvoiceAsync(first)).GetProperty("id").GetString()!));
        await AdvanceToAsync("2026-03-19T09:00Z");
        var mail = Assert.Single(Emails);
        Assert.All(["HF-1", "HF-2", "HF-3"], number => Assert.Contains(number, mail.Plain, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_cannot_be_merged_is_refused_with_the_reason()
    {
        var one = await PostInvoiceAsync(Invoice("HF-1", customer: Customer("one")));
        var two = await PostInvoiceAsync(Invoice("HF-2", customer: Customer("two")));
        var three = await PostInvoiceAsync(Invoice("HF-3", customer: Customer("three")));
        var gone = await PostInvoiceAsync(Invoice("HF-4", customer: Customer("gone")));
        using var erased = await Http.DeleteAsync($"api/customers/{CustomerOf(gone)}?force=true");
        await MergeAsync(three, two);

        Assert.Equal((409, "same-customer"), await RefusedAsync(one, CustomerOf(one)));
        Assert.Equal((409, "merged"), await RefusedAsync(three, CustomerOf(one)));
        Assert.Equal((409, "erased"), await RefusedAsync(one, CustomerOf(gone)));
        Assert.Equal((404, "not-found"), await RefusedAsync(one, "c0000000000000000"));
        Assert.Equal((422, "validation"), await RefusedAsync(one, "amberley"));
        Assert.Equal((422, "validation"), await RefusedAsync(one, into: null));
    }

    [Fact]
    public async Task Nothing_is_merged_while_a_message_is_being_sent_or_in_doubt()
    {
        var one = await PostInvoiceAsync(Invoice("HF-1", customer: Customer("one")));
        var two = await PostInvoiceAsync(Invoice("HF-2", customer: Customer("two")));
        Host.Clock.SetTo(At("2026-03-19T09:00Z"));
        await PlanAsync();
        var account = (await Table.ReadAsync(new CustomerId(CustomerOf(one)), CancellationToken.None))!;
        await CommitAsync(
            new CustomerTransaction(account.Id).Save(
                account.Notices[0],
                account.Notices[0].Value with
                {
                    State = NoticeState.Sending,
                    Claim = "a sender",
                    ClaimedAt = Host.Clock.GetUtcNow(),
                }
            )
        );

        Assert.Equal((409, "message-leaving"), await RefusedAsync(one, CustomerOf(two)));
    }

    [Fact]
    public async Task A_follow_up_that_was_claimed_just_before_is_waited_for()
    {
        ExpectedWarnings.Add("{id}/merge failed");
        var ends = await PostInvoiceAsync(Invoice("HF-1", customer: Customer("one")));
        var stays = await PostInvoiceAsync(Invoice("HF-2", customer: Customer("two")));
        var customer = (await Table.ReadAsync(new CustomerId(CustomerOf(ends)), CancellationToken.None))!.Customer;
        var claimed = new Notice
        {
            Id = new("20260302000000-task"),
            CustomerId = new(CustomerOf(ends)),
            Channel = Channel.Escalation,
            Tone = NoticeTone.FollowUp,
            Lines = [new NoticeLine(ends.Split('-')[1], new StepId("first"))],
            FollowUp = new(FollowUpReason.PaymentMissing),
            PlannedAt = Host.Clock.GetUtcNow(),
            NotBefore = Host.Clock.GetUtcNow(),
            State = NoticeState.Sending,
            Claim = "a sender",
            ClaimedAt = Host.Clock.GetUtcNow(),
        };
        var merge = new Merge(new CustomerId(CustomerOf(stays)), Host.Clock.GetUtcNow(), "Ann", "one firm");
        await CommitAsync(
            new CustomerTransaction(new CustomerId(CustomerOf(ends)))
                .Save(customer, customer.Value with { Merge = merge })
                .Save(before: null, claimed)
        );

        using (var early = await TryMergeAsync(ends, CustomerOf(stays)))
            Assert.Equal(HttpStatusCode.ServiceUnavailable, early.StatusCode);
        var account = (await Table.ReadAsync(new CustomerId(CustomerOf(ends)), CancellationToken.None))!;
        Assert.Equal((CustomerOf(ends), 1), (account.Id.Value, account.Invoices.Count));

        await CommitAsync(new CustomerTransaction(account.Id).Delete(Assert.Single(account.Notices)));
        await Host.RunTimerAsync("CompleteMerges");
        Assert.Equal(CustomerOf(stays), CustomerOf((await GetInvoiceAsync(ends)).GetProperty("id").GetString()!));
    }

    /// <summary>
    /// The process stops at a request to storage, a payment arrives in the middle, and the timer completes the merge.
    /// Each round has customers of its own. The short form stops at every fourth request.
    /// </summary>
    [Fact]
    public async Task Wherever_the_process_stops_nothing_is_lost_or_demanded_twice()
    {
        ExpectedWarnings.Add(FailingStorageTransport.ErrorMessage);
        Host.Clock.SetTo(At("2026-03-10T00:00Z"));
        var stride = FaultFixture.Full ? 1 : 4;
        var rounds = 0;
        for (var isStopped = true; isStopped; rounds++)
            isStopped = await StopAndCompleteAsync(
                rounds.ToString(CultureInfo.InvariantCulture),
                afterRequests: rounds * stride
            );

        Assert.Equal("[]", await UnmatchedAsync());
        await AdvanceDailyAsync("2026-03-10", "2026-03-19");
        var reminders = Emails.Where(mail => !mail.Subject.StartsWith("Thank you", StringComparison.Ordinal)).ToList();
        Assert.Equal(rounds, reminders.Count);
        Assert.All(reminders, mail => Assert.Contains("OPEN-", mail.Plain, StringComparison.Ordinal));
        Assert.All(reminders, mail => Assert.Contains("OTHER-", mail.Plain, StringComparison.Ordinal));
        Assert.All(reminders, mail => Assert.DoesNotContain("PAID-", mail.Plain, StringComparison.Ordinal));
        Assert.True(rounds * stride > 60, $"{rounds} rounds: the merge has too few requests to prove anything");
    }

    /// <returns>False when the merge was done before the process would have stopped.</returns>
    private async Task<bool> StopAndCompleteAsync(string round, int afterRequests)
    {
        object Ends(string number) =>
            Invoice($"{number}-{round}", customer: Customer($"a{round}", $"a{round}@a.example"));
        var open = await PostInvoiceAsync(Ends("OPEN"));
        var paid = await PostInvoiceAsync(Ends("PAID"));
        var closed = await PostInvoiceAsync(Ends("VOID"));
        await ChangeAsync(closed, "void", new { });
        await RecordAsync(paid, "19.00", "p");
        var other = await PostInvoiceAsync(
            Invoice($"OTHER-{round}", customer: Customer($"b{round}", $"b{round}@b.example"))
        );

        _storage.Fail(afterRequests);
        using var answer = await TryMergeAsync(open, CustomerOf(other));
        _storage.Restore();
        await StripeAsync(Paid($"PAID-{round}", 10000, id: round));
        await Host.RunTimerAsync("CompleteMerges");
        await MergeAsync(open, other);
        await Host.PumpAsync();

        Assert.All(
            await Task.WhenAll(new[] { open, paid, closed }.Select(GetInvoiceAsync)),
            invoice => Assert.Equal(CustomerOf(other), CustomerOf(invoice.GetProperty("id").GetString()!))
        );
        Assert.Equal(
            ("open", "settled", "void"),
            (await StateAsync(open), await StateAsync(paid), await StateAsync(closed))
        );
        return !answer.IsSuccessStatusCode;
    }

    private async Task CommitAsync(CustomerTransaction transaction) =>
        Assert.True(await Table.TryCommitAsync(transaction, CancellationToken.None));

    private async Task RecordAsync(string invoice, string amount, string paymentId)
    {
        using var answer = await PostAsync(
            $"api/invoices/{invoice}/payments",
            new
            {
                amount,
                currency = "GBP",
                paymentId,
            },
            ("Idempotency-Key", $"{invoice}-{paymentId}-{amount}")
        );
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <param name="ends">An invoice of the customer that ends.</param>
    /// <param name="stays">An invoice of the customer that stays.</param>
    private async Task<JsonElement> MergeAsync(string ends, string stays)
    {
        using var answer = await TryMergeAsync(ends, CustomerOf(stays));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode is HttpStatusCode.OK, text);
        return JsonElement.Parse(text);
    }

    private Task<HttpResponseMessage> TryMergeAsync(string ends, string? into) =>
        PostAsync(
            $"api/manage/customers/{CustomerOf(ends)}/merge",
            new
            {
                into,
                by = "Ann",
                reason = "one firm",
            }
        );

    private async Task<(int Status, string Type)> RefusedAsync(string ends, string? into)
    {
        using var answer = await TryMergeAsync(ends, into);
        var problem = JsonElement.Parse(await answer.Content.ReadAsStringAsync());
        return ((int)answer.StatusCode, problem.GetProperty("type").GetString()!.Split(':')[^1]);
    }
}
