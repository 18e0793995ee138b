using Dunning.Policies;
using Dunning.Policies.Interest;
using Dunning.Receivables;
using Dunning.Tests.Fixtures;
using static Dunning.Tests.Fixtures.TestData;

namespace Dunning.Tests.Policies.Interest;

/// <summary>
/// A German business owes a German creditor 36,500.00 EUR, due on Monday, 2 February 2026. A year's interest of one per
/// cent is 365 EUR, so each day costs as many euros as the rate has per cent: 1.27 + 9 = 10.27 EUR in the first half of
/// 2026, 1.52 + 9 = 10.52 EUR in the second.
/// </summary>
internal sealed record LateInvoice
{
    /// <summary>A message announces, the next one charges, the third shows.</summary>
    public const string Steps = """
        [{ "id": "first", "days": 3, "tone": "friendly", "channels": ["email"] },
         { "id": "second", "days": 10, "tone": "helpful", "channels": ["email", "sms"],
           "charge": ["interest", "fixedSum"] },
         { "id": "third", "days": 20, "tone": "firm", "channels": ["email"], "showCharges": true }]
        """;

    private readonly DunningRules _rules;

    /// <param name="terms">What the policy has as <c>lateCharges</c>.</param>
    public LateInvoice(
        string terms = "{}",
        string steps = Steps,
        string creditor = "DE",
        string country = "DE",
        CustomerKind? kind = CustomerKind.Business,
        string due = "2026-02-02",
        string amount = "36500.00",
        string currency = "EUR"
    )
    {
        _rules = Rules.WithPolicies(
            $$"""[{ "name": "default", "version": 1, "lateCharges": {{terms}}, "steps": {{steps}} }]"""
        ) with
        {
            CreditorCountry = creditor,
        };
        Customer = TestData.Customer() with { Country = country, Kind = kind };
        var owed = Amount(amount, currency);
        Invoice = TestData
            .Invoice(due)
            .WithDocument(document => document with { AmountDue = owed })
            .WithPayments(payments =>
                payments with
                {
                    OriginalAmount = owed,
                    Paid = Money.Zero(currency),
                    PaidWhenSent = Money.Zero(currency),
                }
            );
    }

    public Customer Customer { get; init; }
    public Invoice Invoice { get; init; }
    public IReadOnlyList<LedgerEntry> Ledger { get; init; } = [];

    public DunningContext ContextOn(string day) => new(Customer, _rules, Time($"{day}T09:00Z"));

    public LateCharges On(string day) => LateCharges.Of(ContextOn(day), Invoice, Ledger, Day(day));

    /// <summary>What one kind of charge would be on a day.</summary>
    public (string? Amount, NotChargedReason? WhyNot) Of(ChargeKind kind, string day)
    {
        var possible = On(day).Possible.Single(charge => charge.Kind == kind);
        return (possible.Amount?.ToDecimalString(), possible.WhyNot);
    }

    /// <summary>What a message of a step says and adds.</summary>
    public InvoiceCharges Message(string step, string day, string channel = "email")
    {
        var context = ContextOn(day);
        return InvoiceCharges.Decide(
            context,
            Invoice,
            Ledger,
            context.PolicyOf(Invoice).Find(new StepId(step)),
            NoticeAt(day, channel)
        );
    }

    public static NoticeId NoticeAt(string day, string channel = "email") =>
        NoticeId.At(Time($"{day}T09:00Z"), channel);

    /// <summary>A message of a day has said what the step will charge.</summary>
    public LateInvoice Announced(string step, string day) =>
        With(dunning =>
            dunning with
            {
                AnnouncedCharges = new(new StepId(step), NoticeAt(day)) { Kinds = Enum.GetValues<ChargeKind>() },
            }
        );

    public LateInvoice With(Func<DunningState, DunningState> change) =>
        this with
        {
            Invoice = Invoice.WithDunning(change),
        };

    public LateInvoice Agreed(Agreements agreements) =>
        this with
        {
            Invoice = Invoice with { Agreements = agreements },
        };

    public LateInvoice Paid(string amount, string day) =>
        Add(LedgerKind.Payment, LedgerEntry.RecordedByHand, amount, day);

    public LateInvoice Credited(string amount, string day) =>
        Add(LedgerKind.CreditNote, LedgerEntry.FromDocument, amount, day);

    public LateInvoice Charged(ChargeKind kind, string amount, string day) => Charged(kind, amount, day, amount);

    /// <summary>It was charged, and a person let it go.</summary>
    public LateInvoice Waived(ChargeKind kind, string amount, string day) => Charged(kind, amount, day, "0");

    /// <summary>The ledger and the invoice after a message that charges.</summary>
    public LateInvoice Posted(InvoiceCharges charges) =>
        this with
        {
            Ledger = [.. Ledger, .. charges.Added],
            Invoice = Invoice.WithCharges(charges.Added),
        };

    private LateInvoice Charged(ChargeKind kind, string amount, string day, string owed) =>
        Add(
            kind.ToLedgerKind(),
            LedgerEntry.FromPolicy,
            owed,
            day,
            new ChargeTerms(Amount(amount, Invoice.OpenAmount.Currency), "DE", "test")
        );

    private LateInvoice Add(LedgerKind kind, string provider, string amount, string day, ChargeTerms? charge = null)
    {
        var currency = Invoice.OpenAmount.Currency;
        List<LedgerEntry> ledger =
        [
            .. Ledger,
            new(
                provider,
                $"{kind}-{Ledger.Count}",
                kind,
                Invoice.Id.Invoice,
                Amount(amount, currency),
                Time($"{day}T12:00Z"),
                "test"
            )
            {
                ValueDate = Day(day),
                Charge = charge,
            },
        ];
        return this with
        {
            Ledger = ledger,
            Invoice = Invoice.WithPayments(payments =>
                payments with
                {
                    Paid = Balance.Paid(ledger, currency),
                    Charged = Balance.Charged(ledger, currency),
                }
            ),
        };
    }
}
