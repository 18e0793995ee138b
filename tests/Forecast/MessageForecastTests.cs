using System.Diagnostics;
using Dunning.Configuration;
using Dunning.Forecast;
using Dunning.Invoices.Arrangements;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Dunning.Tests.Fixtures;
using Dunning.Tests.Policies;
using Xunit.Abstractions;
using static Dunning.Tests.Fixtures.TestData;

namespace Dunning.Tests.Forecast;

/// <summary>Seen from Monday 2 March 2026, 08:00 in London.</summary>
public sealed class MessageForecastTests(ITestOutputHelper output)
{
    private static readonly DateTimeOffset _now = Time("2026-03-02T08:00Z");

    private static readonly ForecastSchedule _schedule = new(
        new ScheduleOptions
        {
            FindUpcomingInvoicesSchedule = "0 */15 * * * *",
            FindOverdueInvoicesSchedule = "0 5/15 * * * *",
            RetentionSchedule = "0 20 * * * *",
        }
    );

    [Fact]
    public void An_invoice_due_on_16_March_is_reminded_of_at_these_times()
    {
        var forecast = Of(Open(Customer(), Invoice("2026-03-16")), days: 30);

        Assert.Equal(
            [
                ("2026-03-09 09:00", "courtesy", Channel.Email),
                ("2026-03-19 09:05", "first", Channel.Email),
                // Summer time has begun.
                ("2026-03-23 09:05", "second", Channel.Email),
                ("2026-03-30 08:05", "third", Channel.Email),
                ("2026-03-30 08:05", "third", Channel.Escalation),
            ],
            forecast.Messages.Select(m => ($"{m.At:yyyy-MM-dd HH:mm}", m.Step?.Value, m.Channel))
        );
        Assert.All(forecast.Messages, message => Assert.Equal([Eur(119_00)], message.Demanded));
        var next = Assert.Single(forecast.Invoices).Next!;
        Assert.Equal(("courtesy", Channel.Email, Day("2026-03-09")), (next.Step?.Value, next.Channel, next.On));
    }

    [Fact]
    public void Nothing_is_said_of_what_the_span_does_not_reach()
    {
        var none = NoneOf(Open(Customer(), Invoice("2026-03-16")), days: 6);

        Assert.Equal(
            (NoMessageReason.Later, "courtesy", Day("2026-03-09")),
            (none.Reason, none.Step?.Value, none.On!.Value)
        );
        Assert.Equal("step 'courtesy' is next, on 2026-03-09", NoMessageText.Of(none));
    }

    [Fact]
    public void While_sending_is_stopped_an_invoice_that_would_be_reminded_of_says_so_and_another_its_own_reason()
    {
        var account = Open(
            Customer(),
            Invoice("2026-03-16"),
            Invoice("2026-03-16", "2").WithDispute(new(DisputeReason.Reported, _now))
        );

        var forecast = MessageForecast.Create(
            Rules.Default,
            _schedule,
            new ForecastFacts(account),
            ForecastSpan.OfDays(_now, 30) with
            {
                IsSendingStopped = true,
            }
        );

        Assert.Empty(forecast.Messages);
        Assert.Equal(
            [NoMessageReason.SendingStopped, NoMessageReason.Disputed],
            account
                .Invoices.Zip(forecast.Invoices)
                .OrderBy(i => i.First.Value.Document.Number == "2")
                .Select(i => i.Second.WhyNone!.Reason)
        );
    }

    [Fact]
    public void Each_kind_of_silence_has_its_reason()
    {
        var invoice = Invoice("2026-03-16");
        var hold = new Hold(HoldReason.Requested, _now, Day("2026-05-01")) { Text = "asked for" };
        var promise = new Promise(Day("2026-04-20"), _now) { LastDay = Day("2026-04-22"), PaidBefore = Eur(0) };
        var optOut = new OptOut("+447700900111", _now, "STOP");
        (string Expected, CustomerAccount Account)[] cases =
        [
            ("the invoice is on hold until 2026-05-01: asked for", Open(Customer(), invoice.WithHold(hold))),
            ("the invoice is in dispute", Open(Customer(), invoice.WithDispute(new(DisputeReason.Reported, _now)))),
            (
                "the customer has promised to pay by 2026-04-20",
                Open(Customer(), invoice with { Agreements = new() { Promise = promise } })
            ),
            ("the customer is not to be contacted", Open(Customer() with { DoNotContact = true }, invoice)),
            ("there is no address that can be used", Open(Customer() with { Email = null }, invoice)),
            (
                "the customer has opted out of SMS, and there is no other way",
                Open(
                    Customer() with
                    {
                        Email = null,
                        Phone = optOut.Number,
                        OptOuts = [optOut],
                        Channels = [Channel.Sms],
                    },
                    invoice
                )
            ),
            ("all steps have been taken", Open(Customer(), Invoice("2025-12-01").AtStep(new StepId("hand-over")))),
            (
                "the invoice is on hold: step 'final' waits for approval",
                Open(Customer(), Invoice("2026-01-31").AtStep(new StepId("call")))
            ),
        ];
        foreach (var (expected, account) in cases)
            Assert.Equal(expected, NoMessageText.Of(NoneOf(account, days: 30)));
    }

    [Fact]
    public void Every_reason_has_words() =>
        Assert.All(
            Enum.GetValues<NoMessageReason>(),
            reason =>
                Assert.NotEmpty(
                    NoMessageText.Of(new NoMessage(reason) { Block = DunningBlock.NothingOwed, On = Day("2026-03-02") })
                )
        );

    [Fact]
    public void A_hold_of_a_week_moves_a_reminder_and_a_dispute_drops_them_all()
    {
        var account = Open(Customer(), Invoice("2026-03-02").AtStep(new StepId("courtesy")));
        var held = Change(account, i => i.WithHold(new(HoldReason.Requested, _now, Day("2026-03-12"))), days: 9);
        Assert.Empty(held.Added);
        Assert.Equal(["first", "second"], Steps(held.Dropped));

        var longer = Change(account, i => i.WithHold(new(HoldReason.Requested, _now, Day("2026-03-12"))), days: 17);
        Assert.Equal(["first"], Steps(longer.Moved));
        Assert.Equal(["second", "third", "third"], Steps(longer.Dropped));

        var disputed = Change(account, i => i.WithDispute(new(DisputeReason.Reported, _now)), days: 14);
        Assert.Equal((0, 0, 2), (disputed.Added.Count, disputed.Moved.Count, disputed.Dropped.Count));

        var inPart = Change(
            account,
            i => i.WithDispute(new(DisputeReason.Reported, _now) { Amount = Eur(19_00) }),
            days: 14
        );
        Assert.All(inPart.Changed, pair => Assert.Equal(Eur(100_00), pair.After.Item.Demanded));
        Assert.Equal(2, inPart.Changed.Count);
        Assert.True(ForecastChange.Compare(Of(account, 14), Of(account, 14)).IsNone);
    }

    [Fact]
    public void A_plan_confirms_itself_and_drops_the_reminders_of_the_whole()
    {
        var account = Open(Customer(), Invoice("2026-03-02").AtStep(new StepId("courtesy")));
        var context = Decisions.ContextOf(account, Rules.Default, _now);
        var agreed = PlanDecision.Agree(context, account.Invoices[0], BookModel.EqualParts(2, Day("2026-03-16"), 14));

        var change = Preview(account, agreed.Transaction!, days: 14);

        Assert.Equal(
            [(NoticeTone.PlanAgreed, (string?)null), (NoticeTone.Upcoming, "part-courtesy")],
            change.Added.Select(line => (line.Message.Tone, line.Item.Step?.Value))
        );
        Assert.Equal(["first", "second"], Steps(change.Dropped));
    }

    [Fact]
    public void Summaries_of_customers_add_up()
    {
        var (one, two) = (
            Of(Open(Customer(), Invoice("2026-03-16")), 8),
            Of(Open(Customer(), Invoice("2026-06-16")), 8)
        );

        var sum = ForecastSummary.Sum([
            ForecastSummary.Of(one),
            ForecastSummary.Of(one),
            ForecastSummary.Of(two),
            ForecastSummary.Empty,
        ]);

        Assert.Equal(
            [new(Day("2026-03-09"), NoticeTone.Upcoming, new StepId("courtesy"), Channel.Email, 2)],
            sum.Messages
        );
        Assert.Equal([new(NoMessageReason.Later, 1)], sum.Silent);
    }

    /// <summary>Set the variable DUNNING_FORECAST for 10,000 invoices; the time is told, not asserted.</summary>
    [Fact]
    public void A_large_book_is_foreseen_for_a_week()
    {
        var count = Environment.GetEnvironmentVariable("DUNNING_FORECAST") is { Length: > 0 } ? 10_000 : 100;
        var random = new Random(1);
        var accounts = Enumerable
            .Range(0, count * 3 / 10)
            .Select(_ => Open(Customer(), [.. Enumerable.Range(0, random.Next(2, 6)).Select(i => Aged(random, i))]))
            .ToList();
        var watch = Stopwatch.StartNew();

        var forecasts = accounts.ConvertAll(account => Of(account, days: 7));

        var summary = ForecastSummary.Sum(forecasts.Select(ForecastSummary.Of));
        output.WriteLine(
            $"{accounts.Sum(a => a.Invoices.Count)} invoices of {accounts.Count} customers: "
                + $"{summary.Messages.Sum(m => m.Count)} messages, {summary.Silent.Sum(s => s.Count)} silent invoices, "
                + $"{watch.ElapsedMilliseconds} ms"
        );
        Assert.NotEmpty(summary.Messages);
    }

    private static Invoice Aged(Random random, int number)
    {
        var step = random.Next(4) switch
        {
            0 => null,
            1 => "courtesy",
            2 => "first",
            _ => "second",
        };
        var due = Day("2026-03-02").AddDays(random.Next(-20, 30));
        return Invoice($"{due:yyyy-MM-dd}", $"{number}").AtStep(step is null ? null : new StepId(step));
    }

    private static IEnumerable<string?> Steps(IEnumerable<ForecastLine> lines) =>
        lines.Select(line => line.Item.Step?.Value);

    private static IEnumerable<string?> Steps(IEnumerable<ForecastMove> moves) =>
        Steps(moves.Select(move => move.After));

    private static ForecastChange Change(CustomerAccount account, Func<Invoice, Invoice> change, int days)
    {
        var context = Decisions.ContextOf(account, Rules.Default, _now);
        var before = account.Invoices[0];
        var after = Schedule.Recalculate(context, change(before.Value));
        return Preview(account, new CustomerTransaction(account.Id).Save(before, after), days);
    }

    private static ForecastChange Preview(CustomerAccount account, CustomerTransaction change, int days)
    {
        var facts = new ForecastFacts(account);
        return ForecastChange.Compare(Of(facts, days), Of(facts.After(change)!, days));
    }

    private static NoMessage NoneOf(CustomerAccount account, int days) =>
        Assert.Single(Of(account, days).Invoices).WhyNone!;

    private static CustomerForecast Of(CustomerAccount account, int days) => Of(new ForecastFacts(account), days);

    private static CustomerForecast Of(ForecastFacts facts, int days) =>
        MessageForecast.Create(Rules.Default, _schedule, facts, ForecastSpan.OfDays(_now, days));

    private static CustomerAccount Open(Customer customer, params Invoice[] invoices)
    {
        var context = new DunningContext(customer, Rules.Default, _now);
        return Account(customer, [.. invoices.Select(invoice => Schedule.Recalculate(context, invoice))]);
    }
}
