using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Tests.Fixtures;
using static Dunning.Tests.Fixtures.TestData;

namespace Dunning.Tests.Policies;

/// <summary>The examples of shared/facts/pages.md, 2.3 and 2.4.</summary>
public sealed class PayerBehaviourTests
{
    private const string Today = "2026-06-30";

    [Fact]
    public void Days_late_are_weighted_by_amount_and_shown_with_and_without_what_is_open()
    {
        var behaviour = Of(
            Invoice("A", 200, "2026-05-01", ("2026-05-06", 200)),
            Invoice("B", 100, "2026-05-10", ("2026-05-08", 100)),
            Invoice("C", 300, "2026-05-21")
        );

        var euro = Assert.Single(behaviour.DaysLate);
        Assert.Equal((2, 2.7m), (euro.Paid.Count, Math.Round(euro.Paid.Average!.Value, 1)));
        Assert.Equal((3, 21.3m), (euro.WithOpen.Count, Math.Round(euro.WithOpen.Average!.Value, 1)));
        Assert.True(euro.Paid.IsTooFew);
        Assert.False(euro.WithOpen.IsTooFew);
    }

    [Fact]
    public void A_part_payment_counts_with_its_own_amount_and_date_and_an_old_one_not_at_all()
    {
        var behaviour = Of(
            Invoice("A", 300, "2026-05-01", ("2026-05-11", 100), ("2026-05-21", 100)),
            Invoice("B", 900, "2025-06-01", ("2025-06-30", 900))
        );

        // 100 × 10 and 100 × 20; the open 100 is 60 days late.
        var euro = Assert.Single(behaviour.DaysLate);
        Assert.Equal((2, 15m), (euro.Paid.Count, euro.Paid.Average));
        Assert.Equal((3, 30m), (euro.WithOpen.Count, euro.WithOpen.Average));
    }

    [Fact]
    public void What_was_charged_back_is_no_payment()
    {
        var (invoice, entries) = Invoice("A", 100, "2026-05-01", ("2026-05-06", 100));
        var back = entries[0] with { Kind = LedgerKind.Chargeback, ObjectId = "cb", ValueDate = Day("2026-06-01") };
        var open = invoice with { Closed = null, Payments = invoice.Payments with { Paid = Eur(0) } };

        var euro = Assert.Single(Of((open, [.. entries, back])).DaysLate);
        Assert.Equal((0, null), (euro.Paid.Count, euro.Paid.Average));
        Assert.Equal((1, 60m), (euro.WithOpen.Count, euro.WithOpen.Average));
    }

    [Fact]
    public void An_amount_in_another_currency_is_a_figure_of_its_own()
    {
        var (pounds, _) = Invoice("B", 100, "2026-06-20");
        pounds = pounds with
        {
            Document = pounds.Document with { AmountDue = new(100_00, "GBP") },
            Payments = new()
            {
                OriginalAmount = new(100_00, "GBP"),
                Paid = new(0, "GBP"),
                PaidWhenSent = new(0, "GBP"),
            },
        };

        var behaviour = Of(Invoice("A", 200, "2026-05-01", ("2026-05-06", 200)), (pounds, []));
        Assert.Equal(
            [("EUR", 5m), ("GBP", 10m)],
            behaviour.DaysLate.Select(late => (late.Currency, late.WithOpen.Average!.Value))
        );
    }

    [Theory]
    [InlineData(2, 2, 50, 450, 45)]
    [InlineData(0, 1, 25, 250, 25)]
    public void Promises_are_kept_within_the_grace_by_count_and_by_amount(
        int graceDays,
        int kept,
        int percent,
        long paidInTime,
        int percentByAmount
    )
    {
        var behaviour = Of(
            Promised("A", 100, graceDays, ("2026-06-10", 100)),
            Promised("B", 200, graceDays, ("2026-06-11", 200)),
            Promised("C", 300, graceDays, ("2026-06-10", 150)),
            Promised("D", 400, graceDays),
            Void(Promised("E", 50, graceDays))
        );

        Assert.Equal(new PromisesKept(kept, 4, 0), behaviour.Promises);
        Assert.Equal(percent, behaviour.Promises.KeptPercent);
        var euro = Assert.Single(behaviour.PromisedAmounts);
        Assert.Equal((Eur(1_000_00), Eur(paidInTime * 100)), (euro.Promised, euro.PaidInTime));
        Assert.Equal(percentByAmount, euro.Percent);
    }

    [Fact]
    public void A_promise_that_waits_or_was_moved_or_taken_back_does_not_count()
    {
        var (invoice, entries) = Promised("A", 100, 2);
        var promise = invoice.Agreements.PastPromises[0];
        invoice = invoice with
        {
            Agreements = new()
            {
                Promise = promise with { State = PromiseState.Pending },
                PastPromises =
                [
                    promise with
                    {
                        State = PromiseState.Moved,
                    },
                    promise with
                    {
                        State = PromiseState.Withdrawn,
                    },
                ],
            },
        };

        Assert.Equal(new PromisesKept(0, 0, 1), Of((invoice, entries)).Promises);
    }

    private static (Invoice, LedgerEntry[]) Promised(
        string number,
        long amount,
        int graceDays,
        params (string On, long Amount)[] paid
    )
    {
        var (invoice, entries) = Invoice(number, amount, "2026-05-01", paid);
        var promise = new Promise(Day("2026-06-10"), Time("2026-06-01T09:00Z"))
        {
            Amount = Eur(amount * 100),
            LastDay = Day("2026-06-10").AddDays(graceDays),
            PaidBefore = Eur(0),
            State = PromiseState.Broken,
        };
        return (invoice with { Agreements = new() { PastPromises = [promise] } }, entries);
    }

    private static (Invoice, LedgerEntry[]) Void((Invoice Invoice, LedgerEntry[] Entries) promised) =>
        (
            promised.Invoice with
            {
                Closed = new(ClosedAs.Void, Time("2026-06-05T00:00Z"), ClosedBy.Person),
            },
            promised.Entries
        );

    private static (Invoice, LedgerEntry[]) Invoice(
        string number,
        long amount,
        string due,
        params (string On, long Amount)[] paid
    )
    {
        var invoice = TestData.Invoice(due, number);
        var sum = Eur(paid.Sum(p => p.Amount) * 100);
        invoice = invoice with
        {
            Document = invoice.Document with { AmountDue = Eur(amount * 100) },
            Payments = invoice.Payments with { OriginalAmount = Eur(amount * 100), Paid = sum },
        };
        if (!invoice.OpenAmount.IsPositive)
            invoice = invoice with { Closed = new(ClosedAs.Settled, Time("2026-06-20T00:00Z"), ClosedBy.Ledger) };
        return (
            invoice,
            [
                .. paid.Select(p => new LedgerEntry(
                    "manual",
                    p.On,
                    LedgerKind.Payment,
                    invoice.Id.Invoice,
                    Eur(p.Amount * 100),
                    new(Day(p.On), new(12, 0), TimeSpan.Zero),
                    p.On
                )
                {
                    ValueDate = Day(p.On),
                }),
            ]
        );
    }

    private static PayerBehaviour Of(params (Invoice Invoice, LedgerEntry[] Entries)[] invoices) =>
        PayerBehaviour.Of(
            new DunningContext(Customer(), Rules.Default, new(Day(Today), new(12, 0), TimeSpan.Zero)),
            new AccountHistory([.. invoices.Select(i => i.Invoice)], [.. invoices.SelectMany(i => i.Entries)])
        );
}
