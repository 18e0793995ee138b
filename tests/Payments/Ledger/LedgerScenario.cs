using Dunning.Payments.Ledger;
using Dunning.Payments.Webhooks;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Payments.Ledger;

/// <summary>Applies a sequence of payment changes to one invoice and its ledger.</summary>
internal sealed class LedgerScenario(Invoice invoice)
{
    public static readonly DateTimeOffset Now = TestData.Time("2026-02-10T10:00Z");

    /// <summary>119.00 EUR, two reminders sent, the third step next.</summary>
    public static Invoice RemindedInvoice =>
        TestData
            .Invoice("2026-02-02")
            .WithDunning(dunning =>
                dunning with
                {
                    Step = new("second"),
                    Next = new(new StepId("third"), TestData.Time("2026-02-16T09:00Z"), IsUpcoming: false),
                }
            );

    private readonly Dictionary<string, LedgerEntry> _ledger = [];
    private readonly List<Notice> _notices = [];
    private int _eventCount;

    public Customer Customer { get; init; } = TestData.Customer();
    public Invoice Invoice { get; private set; } = invoice;
    public IReadOnlyList<Notice> Notices => _notices;
    public IReadOnlyCollection<LedgerEntry> Ledger => _ledger.Values;

    /// <summary>The customer's notices that are not sent yet.</summary>
    public IReadOnlyList<Versioned<Notice>> Outbox { get; init; } = [];

    /// <summary>A change by a person between the payment events.</summary>
    public void Change(Func<Invoice, Invoice> change) => Invoice = change(Invoice);

    /// <param name="minor">Null for a change without an amount.</param>
    public Settlement Apply(PaymentChangeKind kind, long? minor = null, string id = "pi_1", string currency = "EUR")
    {
        var at = Now.AddMinutes(_eventCount++);
        var source = new PaymentEvent($"evt_{_eventCount}", "any", at, Live: true, []);
        var change = new PaymentChange(kind, id, [], [], minor is { } amount ? new Money(amount, currency) : null);
        return Apply(new SourcedPaymentChange("stripe", source, change), at);
    }

    public Settlement Apply(SourcedPaymentChange change, DateTimeOffset now)
    {
        var settlement = Settlement.Decide(
            new DunningContext(Customer, Rules.Default, now),
            new PaidInvoice(
                TestData.Versioned(Invoice),
                TestData.Account(Customer) with
                {
                    Notices = Outbox,
                },
                [.. _ledger.Values.Select(TestData.Versioned)]
            ),
            change
        );
        Invoice = settlement.Transaction.One<Invoice>();
        foreach (var row in settlement.Transaction.Rows)
        {
            if (row.Value is LedgerEntry entry)
                _ledger[row.Key] = entry;
        }
        _notices.AddRange(settlement.Transaction.PlannedNotices);
        Assert.Equal(settlement.Transaction.Rows.Count, settlement.Transaction.Rows.DistinctBy(r => r.Key).Count());
        Assert.Equal(
            settlement.Transaction.PlannedNotices,
            settlement.Transaction.All<Notice>().Where(n => Outbox.All(o => o.Value.Id != n.Id))
        );
        return settlement;
    }

    public static SourcedPaymentChange CreateChange(PaymentChangeKind kind, long minor, DateTimeOffset now) =>
        new(
            "stripe",
            new PaymentEvent("evt_1", "any", now, true, []),
            new PaymentChange(kind, "pi_1", [], [], TestData.Eur(minor))
        );

    /// <summary>Decides about one change of 119.00 EUR with an empty ledger.</summary>
    public static Settlement DecideFirst(Invoice invoice, PaymentChangeKind kind, DateTimeOffset now) =>
        Settlement.Decide(
            new DunningContext(TestData.Customer(), Rules.Default, now),
            new PaidInvoice(TestData.Versioned(invoice), TestData.Account(TestData.Customer()), []),
            CreateChange(kind, 119_00, now)
        );
}
