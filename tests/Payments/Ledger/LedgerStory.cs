using Dunning.Payments.Ledger;
using Dunning.Payments.Webhooks;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Payments.Ledger;

/// <summary>One invoice and its customer's ledger, through one payment fact after another.</summary>
internal sealed class LedgerStory(Invoice invoice)
{
    public static readonly DateTimeOffset Now = TestData.Time("2026-02-10T10:00Z");

    /// <summary>119.00 EUR, reminded twice, the third step to come.</summary>
    public static Invoice Chased =>
        TestData.Invoice("2026-02-02") with
        {
            Step = "second",
            Next = new("third", TestData.Time("2026-02-16T09:00Z"), IsUpcoming: false),
        };

    private readonly Dictionary<string, LedgerEntry> _ledger = [];
    private readonly List<Notice> _notices = [];
    private int _told;

    public Customer Customer { get; init; } = TestData.Customer();
    public Invoice Invoice { get; private set; } = invoice;
    public IReadOnlyList<Notice> Notices => _notices;
    public IReadOnlyCollection<LedgerEntry> Ledger => _ledger.Values;

    /// <summary>The customer's notices that have not left yet.</summary>
    public IReadOnlyList<Versioned<Notice>> Outbox { get; init; } = [];

    /// <summary>What a person does meanwhile.</summary>
    public void Change(Func<Invoice, Invoice> change) => Invoice = change(Invoice);

    /// <param name="minor">Null for a fact that names no amount.</param>
    public Settlement Tell(
        PaymentChangeKind kind,
        long? minor = null,
        string id = "pi_1",
        string currency = "EUR",
        string? seen = null
    )
    {
        var at = Now.AddMinutes(_told++);
        var source = new PaymentEvent($"evt_{_told}", "any", at, Live: true, []);
        var fact = new PaymentChange(kind, id, [], [], minor is { } amount ? new Money(amount, currency) : null);
        return Apply(new SourcedPaymentChange("stripe", source, fact), seen, at);
    }

    public Settlement Apply(SourcedPaymentChange fact, string? seen, DateTimeOffset now)
    {
        var settlement = Settlement.Decide(
            TestData.Stored(Invoice),
            TestData.Book(Customer) with
            {
                Notices = Outbox,
            },
            [.. _ledger.Values.Select(TestData.Stored)],
            fact,
            seen,
            Rules.Default,
            now
        );
        Invoice = settlement.Transaction!.One<Invoice>();
        foreach (var row in settlement.Transaction!.Rows)
        {
            if (row.Value is LedgerEntry entry)
                _ledger[row.Key] = entry;
        }
        _notices.AddRange(settlement.Notices);
        Assert.Equal(settlement.Transaction.Rows.Count, settlement.Transaction.Rows.DistinctBy(r => r.Key).Count());
        Assert.Equal(
            settlement.Notices,
            settlement.Transaction.All<Notice>().Where(n => Outbox.All(o => o.Value.Id != n.Id))
        );
        return settlement;
    }

    public static SourcedPaymentChange Told(PaymentChangeKind kind, long minor, DateTimeOffset now) =>
        new(
            "stripe",
            new PaymentEvent("evt_1", "any", now, true, []),
            new PaymentChange(kind, "pi_1", [], [], TestData.Eur(minor))
        );

    /// <summary>One fact of 119.00 EUR and nothing before it.</summary>
    public static Settlement Settle(Invoice invoice, PaymentChangeKind kind, DateTimeOffset now) =>
        Settlement.Decide(
            TestData.Stored(invoice),
            TestData.Book(TestData.Customer()),
            [],
            Told(kind, 119_00, now),
            null,
            Rules.Default,
            now
        );
}
