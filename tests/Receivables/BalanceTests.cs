using Dunning.Receivables;

namespace Dunning.Tests.Receivables;

public sealed class BalanceTests
{
    private static readonly DateTimeOffset _start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>
    /// Events about one invoice: 119 received, 20 refunded, 10 refunded and failed, 119 disputed and won.
    /// </summary>
    private static readonly LedgerEntry[] _entries =
    [
        Entry(LedgerKind.Payment, "pi_1", 50_00, 0),
        Entry(LedgerKind.PaymentTotal, "in_1", 50_00, 0),
        Entry(LedgerKind.Payment, "pi_2", 60_00, 1),
        Entry(LedgerKind.Payment, "pi_2", 69_00, 2),
        Entry(LedgerKind.PaymentTotal, "in_1", 119_00, 2),
        Entry(LedgerKind.PaymentTotal, "in_1", 50_00, 2),
        Entry(LedgerKind.Refund, "re_1", 20_00, 3),
        Entry(LedgerKind.RefundTotal, "ch_1", 20_00, 3),
        Entry(LedgerKind.Refund, "re_2", 10_00, 4),
        Entry(LedgerKind.RefundTotal, "ch_1", 30_00, 4),
        Entry(LedgerKind.Refund, "re_2", 0, 5),
        Entry(LedgerKind.Refund, "re_2", 10_00, 6),
        Entry(LedgerKind.Chargeback, "dp_1", 50_00, 7),
        Entry(LedgerKind.Chargeback, "dp_1", 0, 7),
        Entry(LedgerKind.Chargeback, "dp_2", 69_00, 7),
        Entry(LedgerKind.Chargeback, "dp_2", 0, 8),
        Entry(LedgerKind.Chargeback, "dp_2", 69_00, 9),
        Entry(LedgerKind.Chargeback, "dp_2", 0, 10),
    ];

    [Fact]
    public void Any_order_and_any_number_of_repeats_give_the_same_entries_and_the_same_balance()
    {
        var random = new Random(20260105);
        var expected = Ledger(_entries);
        Assert.Equal(Eur(99_00), Balance.Paid(expected, "EUR"));

        for (var round = 0; round < 1_000; round++)
        {
            var arrivals = _entries
                .Concat(_entries.Where(_ => random.Next(2) == 0))
                .Concat(_entries.Where(_ => random.Next(4) == 0))
                .ToArray();
            random.Shuffle(arrivals);

            var ledger = Ledger(arrivals);

            Assert.Equal(expected, ledger);
            Assert.Equal(Eur(99_00), Balance.Paid(ledger, "EUR"));
        }
    }

    [Fact]
    public void Any_two_or_three_entries_merge_alike_however_they_are_paired()
    {
        var random = new Random(7);
        for (var round = 0; round < 1_000; round++)
        {
            var kind = (LedgerKind)random.Next(5);
            LedgerEntry Any() =>
                new(
                    "stripe",
                    "x",
                    kind,
                    $"i{random.Next(2)}",
                    new(random.Next(3), random.Next(5) == 0 ? "USD" : "EUR"),
                    _start.AddSeconds(random.Next(3)),
                    $"evt_{random.Next(3)}"
                );
            var (a, b, c) = (Any(), Any(), Any());

            Assert.Equal(a, LedgerEntry.Merge(a, a));
            Assert.Equal(LedgerEntry.Merge(a, b), LedgerEntry.Merge(b, a));
            Assert.Equal(LedgerEntry.Merge(LedgerEntry.Merge(a, b), c), LedgerEntry.Merge(a, LedgerEntry.Merge(b, c)));
        }
    }

    [Fact]
    public void No_entries_are_no_money() => Assert.Equal(Eur(0), Balance.Paid([], "EUR"));

    [Fact]
    public void Payments_and_the_total_of_the_same_provider_are_not_added() =>
        Assert.Equal(
            Eur(70_00),
            Paid(
                Entry(LedgerKind.Payment, "pi_1", 50_00, 0),
                Entry(LedgerKind.Payment, "pi_2", 20_00, 1),
                Entry(LedgerKind.PaymentTotal, "in_1", 50_00, 0)
            )
        );

    [Fact]
    public void A_total_larger_than_the_known_payments_counts() =>
        Assert.Equal(
            Eur(119_00),
            Paid(Entry(LedgerKind.Payment, "pi_1", 50_00, 0), Entry(LedgerKind.PaymentTotal, "in_1", 119_00, 0))
        );

    [Fact]
    public void A_credit_note_counts_beside_the_cash_and_within_what_is_paid_in_full()
    {
        var (cash, note) = (
            Entry(LedgerKind.Payment, "pi_1", 70_00, 0),
            Entry(LedgerKind.CreditNote, "cn_1", 30_00, 0)
        );
        var full = Entry(LedgerKind.PaidInFull, "in_1", 100_00, 0);

        Assert.Equal(Eur(100_00), Paid(cash, note));
        Assert.Equal(Eur(100_00), Paid(cash, full));
        Assert.Equal(Eur(100_00), Paid(cash, note, full));
        Assert.Equal(Eur(70_00), Paid(note, Entry(LedgerKind.PaymentTotal, "in_1", 40_00, 0)));
    }

    [Fact]
    public void Different_providers_are_added() =>
        Assert.Equal(
            Eur(119_00),
            Paid(
                Entry(LedgerKind.PaymentTotal, "in_1", 50_00, 0),
                Entry(LedgerKind.Payment, "x", 69_00, 0) with
                {
                    Provider = "standard-webhooks",
                }
            )
        );

    [Fact]
    public void A_refund_before_its_payment_waits_as_a_negative_balance() =>
        Assert.Equal(Eur(-20_00), Paid(Entry(LedgerKind.Refund, "re_1", 20_00, 0)));

    [Fact]
    public void Refund_totals_of_several_payments_are_added() =>
        Assert.Equal(
            Eur(-30_00),
            Paid(Entry(LedgerKind.RefundTotal, "ch_1", 20_00, 0), Entry(LedgerKind.RefundTotal, "ch_2", 10_00, 0))
        );

    [Fact]
    public void A_lost_chargeback_opens_the_invoice_again() =>
        Assert.Equal(
            Eur(0),
            Paid(Entry(LedgerKind.Payment, "pi_1", 119_00, 0), Entry(LedgerKind.Chargeback, "dp_1", 119_00, 1))
        );

    [Fact]
    public void Another_currency_is_never_converted() =>
        Assert.Equal(
            Eur(50_00),
            Paid(
                Entry(LedgerKind.Payment, "pi_1", 50_00, 0),
                Entry(LedgerKind.Payment, "pi_2", 69_00, 0) with
                {
                    Amount = new(69_00, "USD"),
                }
            )
        );

    [Fact]
    public void Entries_about_different_objects_are_not_merged() =>
        Assert.Throws<ArgumentException>(() =>
            LedgerEntry.Merge(Entry(LedgerKind.Payment, "pi_1", 1, 0), Entry(LedgerKind.Payment, "pi_2", 1, 0))
        );

    private static Money Eur(long minor) => new(minor, "EUR");

    private static Money Paid(params LedgerEntry[] entries) => Balance.Paid(entries, "EUR");

    private static LedgerEntry Entry(LedgerKind kind, string id, long minor, int day) =>
        new("stripe", id, kind, "inv-1", Eur(minor), _start.AddDays(day), $"evt_{kind}_{id}_{day}_{minor}");

    private static List<LedgerEntry> Ledger(IEnumerable<LedgerEntry> arrivals)
    {
        var ledger = new SortedDictionary<string, LedgerEntry>(StringComparer.Ordinal);
        foreach (var entry in arrivals)
        {
            var key = $"{entry.Provider} {entry.Kind} {entry.ObjectId}";
            ledger[key] = LedgerEntry.Merge(ledger.GetValueOrDefault(key), entry);
        }
        return [.. ledger.Values];
    }
}
