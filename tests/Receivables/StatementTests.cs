using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Tests.Fixtures;
using static Dunning.Tests.Fixtures.TestData;

namespace Dunning.Tests.Receivables;

public sealed class StatementTests
{
    private static readonly LedgerKind[] _kinds =
    [
        LedgerKind.Payment,
        LedgerKind.PaymentTotal,
        LedgerKind.PaidInFull,
        LedgerKind.CreditNote,
        LedgerKind.Refund,
        LedgerKind.RefundTotal,
        LedgerKind.Chargeback,
        LedgerKind.InFlight,
        LedgerKind.WriteOff,
    ];

    /// <summary>The example of shared/facts/pages.md, 2.1. H is paid two days after the end of the period.</summary>
    [Fact]
    public void Ageing_counts_calendar_days_after_the_due_date_and_keeps_credit_apart()
    {
        var history = History(
            Of("A", 100, "2026-06-30"),
            Of("B", 250, "2026-07-15"),
            Of("C", 80, "2026-06-29"),
            Of("D", 120, "2026-05-31"),
            Of("E", 60, "2026-05-30"),
            Of("F", 300, "2026-04-01", ("2026-06-20", 100)),
            Of("G", 500, "2026-03-31"),
            Of("H", 400, "2026-05-01", ("2026-07-02", 400)),
            Of("I", 70, "2026-05-01", ("2026-06-01", 120))
        );

        var statement = Create(history, "2026-06-01", "2026-06-30", today: "2026-07-10");

        var euro = Assert.Single(statement.Currencies);
        Assert.Equal(
            new Ageing(Eur(350_00), Eur(200_00), Eur(460_00), Eur(200_00), Eur(500_00), Eur(50_00)),
            euro.Ageing
        );
        Assert.Equal((Eur(1_360_00), Eur(1_660_00)), (euro.Ageing.Overdue, euro.Ageing.Outstanding));
        Assert.Equal(euro.Ageing.Outstanding, euro.Closing);
        Assert.Equal(["G", "F", "H", "E", "D", "C", "A", "B"], euro.OpenItems.Select(item => item.Number));
        var partPaid = euro.OpenItems.Single(item => item.Number == "F");
        Assert.Equal((Eur(300_00), Eur(100_00), Eur(200_00)), (partPaid.Original, partPaid.Paid, partPaid.Open));
        Assert.Equal(90, partPaid.DaysOverdue(statement.To));
    }

    [Fact]
    public void Lines_follow_by_date_with_a_running_balance_from_what_was_owed_before()
    {
        var history = History(
            Of("A", 100, "2026-06-10", ("2026-06-05", 30)),
            Of("B", 50, "2026-07-15", ("2026-06-20", 50))
        );

        var euro = Create(history, "2026-06-01", "2026-06-30").Currencies.Single();

        Assert.Equal(Eur(100_00), euro.Opening);
        Assert.Equal(
            [
                ("06-05", MovementKind.Payment, "A", Eur(-30_00), Eur(70_00)),
                ("06-15", MovementKind.Invoice, "B", Eur(50_00), Eur(120_00)),
                ("06-20", MovementKind.Payment, "B", Eur(-50_00), Eur(70_00)),
            ],
            Lines(euro)
        );
        Assert.Equal(Eur(70_00), euro.Closing);
    }

    [Fact]
    public void Both_ends_of_the_period_are_part_of_it()
    {
        var history = History(Of("A", 100, "2026-07-01", ("2026-06-30", 40)));

        var euro = Create(history, "2026-06-01", "2026-06-30").Currencies.Single();

        Assert.Equal((Eur(0), 2, Eur(60_00)), (euro.Opening, euro.Lines.Count, euro.Closing));
    }

    [Fact]
    public void What_a_provider_tells_as_payment_and_as_total_is_one_line()
    {
        var invoice = Of("A", 100, "2026-06-10").Invoice;
        var history = new AccountHistory(
            [Paid(invoice, 100)],
            [
                Entry("A", LedgerKind.Payment, 60, "2026-06-05", "pi_1"),
                Entry("A", LedgerKind.PaymentTotal, 100, "2026-06-06", "in_1"),
                Entry("A", LedgerKind.PaidInFull, 100, "2026-06-06", "in_1"),
            ]
        );

        Assert.Equal(
            [
                ("06-05", MovementKind.Payment, "A", Eur(-60_00), Eur(40_00)),
                ("06-06", MovementKind.Payment, "A", Eur(-40_00), Eur(0)),
            ],
            Lines(Create(history, "2026-06-01", "2026-06-30").Currencies.Single())
        );
    }

    [Theory]
    [InlineData(ClosedAs.Void, ClosedBy.Person, MovementKind.Void)]
    [InlineData(ClosedAs.WrittenOff, ClosedBy.Source, MovementKind.WriteOff)]
    [InlineData(ClosedAs.Settled, ClosedBy.Source, MovementKind.Payment)]
    [InlineData(ClosedAs.Settled, ClosedBy.Ledger, MovementKind.Adjustment)]
    public void What_closes_an_invoice_without_an_entry_is_a_line_of_its_own(
        ClosedAs closedAs,
        ClosedBy by,
        MovementKind kind
    )
    {
        var (invoice, entries) = Of("A", 100, "2026-06-10");
        var closed = invoice with { Closed = new Closed(closedAs, Time("2026-06-20T10:00Z"), by) };

        var euro = Create(new AccountHistory([closed], entries), "2026-06-01", "2026-06-30").Currencies.Single();

        Assert.Equal([("06-20", kind, "A", Eur(-100_00), Eur(0))], Lines(euro));
        Assert.Empty(euro.OpenItems);
    }

    [Fact]
    public void What_was_paid_on_a_void_invoice_is_a_credit()
    {
        var (invoice, entries) = Of("A", 100, "2026-06-10", ("2026-06-05", 100));
        var closed = invoice with { Closed = new Closed(ClosedAs.Void, Time("2026-06-20T10:00Z"), ClosedBy.Person) };

        var euro = Create(new AccountHistory([closed], entries), "2026-06-01", "2026-06-30").Currencies.Single();

        Assert.Equal((Eur(-100_00), Eur(100_00)), (euro.Closing, euro.Ageing.UnusedCredit));
    }

    [Fact]
    public void A_document_that_claims_nothing_moves_nothing()
    {
        var invoice = Of("A", 100, "2026-06-10").Invoice;
        var proForma = invoice with
        {
            Document = invoice.Document with { Kind = InvoiceKind.NoClaim },
            Closed = new Closed(ClosedAs.NoClaim, Time("2026-06-20T10:00Z"), ClosedBy.Source),
        };

        Assert.False(Create(new AccountHistory([proForma], []), "2026-06-01", "2026-06-30").HasContent);
    }

    [Theory]
    [InlineData(null, 0, -100_00)]
    [InlineData(null, 30_00, -70_00)]
    [InlineData("INV-1", 0, 0)]
    public void A_credit_note_counts_as_far_as_no_invoice_has_it(string? names, long setOff, long balance)
    {
        var invoice = Of("CN", 100, "2026-07-15").Invoice;
        var note = invoice with
        {
            Document = invoice.Document with { Kind = InvoiceKind.CreditNote, PrecedingInvoice = names },
            Payments = invoice.Payments with { SetOff = Eur(setOff) },
            Closed = new Closed(ClosedAs.Credited, Time("2026-06-20T10:00Z"), ClosedBy.Source),
        };

        var statement = Create(new AccountHistory([note], []), "2026-06-01", "2026-06-30");

        Assert.Equal(balance, statement.Currencies.Sum(euro => euro.Closing.Minor));
        Assert.Equal(-balance, statement.Currencies.Sum(euro => euro.Ageing.UnusedCredit.Minor));
        Assert.All(
            statement.Currencies.SelectMany(euro => euro.Lines),
            line => Assert.Equal(MovementKind.CreditNote, line.Movement.Kind)
        );
    }

    [Fact]
    public void A_part_that_was_written_off_and_a_discount_are_lines_of_their_own()
    {
        var (invoice, entries) = Of("A", 100, "2026-06-10", ("2026-06-05", 58));
        var settled = invoice with
        {
            Payments = invoice.Payments with { WrittenOff = Eur(40_00), Discount = Eur(2_00) },
            Closed = new Closed(ClosedAs.Settled, Time("2026-06-05T12:00Z"), ClosedBy.Ledger),
        };
        var writeOff = Entry("A", LedgerKind.WriteOff, 40, "2026-06-04", "w1");

        var history = new AccountHistory([settled], [.. entries, writeOff]);

        Assert.Equal(
            [
                ("06-04", MovementKind.WriteOff, "A", Eur(-40_00), Eur(60_00)),
                ("06-05", MovementKind.Payment, "A", Eur(-58_00), Eur(2_00)),
                ("06-05", MovementKind.Discount, "A", Eur(-2_00), Eur(0)),
            ],
            Lines(Create(history, "2026-06-01", "2026-06-30").Currencies.Single())
        );
    }

    [Fact]
    public void The_source_that_lowers_the_amount_due_is_an_adjustment()
    {
        var invoice = Of("A", 100, "2026-06-10").Invoice;
        var lowered = invoice with
        {
            Document = invoice.Document with { AmountDue = Eur(70_00), UpdatedAt = Time("2026-06-12T10:00Z") },
        };

        var euro = Create(new AccountHistory([lowered], []), "2026-06-01", "2026-06-30").Currencies.Single();

        Assert.Equal([("06-12", MovementKind.Adjustment, "A", Eur(-30_00), Eur(70_00))], Lines(euro));
    }

    [Fact]
    public void A_payment_of_the_evening_counts_on_the_customers_day()
    {
        var (invoice, _) = Of("A", 100, "2026-06-10");
        var entry = Entry("A", LedgerKind.Payment, 100, "2026-06-30", "pi_1") with
        {
            OccurredAt = Time("2026-06-30T23:30Z"),
        };

        var euro = Create(new AccountHistory([Paid(invoice, 100)], [entry]), "2026-06-01", "2026-06-30").Currencies;

        // 00:30 of 1 July in London.
        Assert.Equal(Eur(100_00), euro.Single().Closing);
    }

    [Fact]
    public void Currencies_are_never_added_up()
    {
        var dollars = Of("B", 50, "2026-06-10").Invoice;
        dollars = dollars with
        {
            Document = dollars.Document with { AmountDue = new(50_00, "USD") },
            Payments = new()
            {
                OriginalAmount = new(50_00, "USD"),
                Paid = new(0, "USD"),
                PaidWhenSent = new(0, "USD"),
            },
        };
        var history = new AccountHistory([Of("A", 100, "2026-06-10").Invoice, dollars], []);

        Assert.Equal(
            [Eur(100_00), new Money(50_00, "USD")],
            Create(history, "2026-06-01", "2026-06-30").Currencies.Select(currency => currency.Closing)
        );
    }

    /// <summary>2,000 accounts with entries of all kinds and amounts; the seed makes them the same each time.</summary>
    [Fact]
    public void Opening_and_lines_make_the_closing_balance_and_that_of_today_is_what_is_owed_less_credit()
    {
        var random = new Random(20261129);
        for (var round = 0; round < 2_000; round++)
        {
            var history = RandomHistory(random);
            var from = Day("2026-01-01").AddDays(random.Next(200));

            var (today, all) = (
                Day("2026-07-10"),
                history.Movements(Day("2026-07-10"), at => DateOnly.FromDateTime(at.Date))
            );
            foreach (var euro in Statement.Create(all, from, from.AddDays(random.Next(60))).Currencies)
                AssertAddsUp(euro);
            var closing = Eur(0);
            foreach (var euro in Statement.Create(all, from, today).Currencies)
            {
                AssertAddsUp(euro);
                closing = euro.Closing;
                var credit = history
                    .Invoices.Where(i => i.Closed is not null || i.OpenAmount.Minor < 0)
                    .Select(CreditOf)
                    .Aggregate(Eur(0), (sum, amount) => sum + amount);
                Assert.Equal(credit, euro.Ageing.UnusedCredit);
            }
            var owed = history
                .Invoices.Where(i => i.Closed is null)
                .Aggregate(Eur(0), (sum, i) => sum + Money.Max(i.OpenAmount, Eur(0)));
            var credits = history.Invoices.Select(CreditOf).Aggregate(Eur(0), (sum, amount) => sum + amount);
            Assert.Equal(owed - credits, closing);
        }
    }

    private static void AssertAddsUp(CurrencyStatement statement)
    {
        var balance = statement.Opening;
        foreach (var line in statement.Lines)
        {
            balance += line.Movement.Amount;
            Assert.Equal(balance, line.Balance);
        }
        Assert.Equal(balance, statement.Closing);
        Assert.Equal(statement.Closing, statement.Ageing.Outstanding);
        Assert.Equal(statement.Lines.OrderBy(line => line.Movement.Date), statement.Lines);
    }

    /// <summary>What the customer may ask back, said in other words than the code's.</summary>
    private static Money CreditOf(Invoice invoice) =>
        invoice.Closed?.As switch
        {
            null => Money.Max(-invoice.OpenAmount, Eur(0)),
            ClosedAs.Settled or ClosedAs.WrittenOff => Money.Max(
                invoice.Payments.Paid - invoice.Payments.OriginalAmount,
                Eur(0)
            ),
            _ => Money.Max(invoice.Payments.Paid, Eur(0)),
        };

    private static AccountHistory RandomHistory(Random random)
    {
        List<Invoice> invoices = [];
        List<LedgerEntry> entries = [];
        for (var number = 0; number < random.Next(1, 6); number++)
        {
            var name = $"N{number}";
            var ledger = Enumerable
                .Range(0, random.Next(6))
                .Select(i =>
                    Entry(name, random.GetItems(_kinds, 1)[0], random.Next(0, 130), "2026-01-01", $"id_{i}") with
                    {
                        OccurredAt = Time("2026-01-01T12:00Z").AddDays(random.Next(220)),
                        Provider = random.Next(3) == 0 ? LedgerEntry.RecordedByHand : "stripe",
                    }
                )
                .ToList();
            var invoice = Of(name, 119, "2026-03-01").Invoice;
            invoice = invoice with
            {
                Document = invoice.Document with
                {
                    DueDate = invoice.Document.DueDate.AddDays(random.Next(220)),
                    AmountDue = random.Next(3) == 0 ? Eur(random.Next(119_00)) : Eur(119_00),
                },
                Payments = invoice.Payments with
                {
                    Paid = Balance.Paid(ledger, "EUR"),
                    WrittenOff = Balance.WrittenOff(ledger, "EUR"),
                    Discount = random.Next(4) == 0 ? Eur(2_00) : null,
                    Tolerance = random.Next(200),
                },
                Closed =
                    random.Next(2) == 0
                        ? new(
                            random.GetItems(Enum.GetValues<ClosedAs>(), 1)[0],
                            Time("2026-05-01T12:00Z").AddDays(random.Next(100)),
                            random.GetItems(Enum.GetValues<ClosedBy>(), 1)[0]
                        )
                        : null,
            };
            invoices.Add(invoice);
            entries.AddRange(ledger);
        }
        return new AccountHistory(invoices, entries);
    }

    private static (Invoice Invoice, LedgerEntry[] Entries) Of(
        string number,
        long amount,
        string due,
        params (string On, long Amount)[] paid
    )
    {
        var invoice = Invoice(due, number);
        invoice = invoice with
        {
            Document = invoice.Document with { AmountDue = Eur(amount * 100) },
            Payments = invoice.Payments with { OriginalAmount = Eur(amount * 100) },
        };
        LedgerEntry[] entries = [.. paid.Select(p => Entry(number, LedgerKind.Payment, p.Amount, p.On, $"pi_{p.On}"))];
        return (Paid(invoice, paid.Sum(p => p.Amount)), entries);
    }

    private static Invoice Paid(Invoice invoice, long amount)
    {
        var paid = invoice with { Payments = invoice.Payments with { Paid = Eur(amount * 100) } };
        return paid.OpenAmount.IsPositive
            ? paid
            : paid with
            {
                Closed = new(ClosedAs.Settled, Time("2026-07-03T00:00Z"), ClosedBy.Ledger),
            };
    }

    private static LedgerEntry Entry(string number, LedgerKind kind, long amount, string on, string id) =>
        new(
            "stripe",
            id,
            kind,
            InvoiceId.Create(TestData.CustomerId, "api", number).Invoice,
            Eur(amount * 100),
            new(Day(on), new(12, 0), TimeSpan.Zero),
            $"evt_{id}"
        );

    private static AccountHistory History(params (Invoice Invoice, LedgerEntry[] Entries)[] invoices) =>
        new([.. invoices.Select(i => i.Invoice)], [.. invoices.SelectMany(i => i.Entries)]);

    private static Statement Create(AccountHistory history, string from, string to, string today = "2026-07-10") =>
        AccountStatement.Create(
            new DunningContext(Customer(), Rules.Default, new(Day(today), new(12, 0), TimeSpan.Zero)),
            history,
            new(Day(from), Day(to))
        );

    private static (string, MovementKind, string, Money, Money)[] Lines(CurrencyStatement statement) =>
        [
            .. statement.Lines.Select(line =>
                (
                    $"{line.Movement.Date:MM-dd}",
                    line.Movement.Kind,
                    line.Movement.Invoice.Document.Number,
                    line.Movement.Amount,
                    line.Balance
                )
            ),
        ];
}
