using Dunning.Portal.Answers;
using Dunning.Receivables;

namespace Dunning.Portal;

/// <summary>What <see cref="StartPage"/> shows.</summary>
public sealed record PortalSummary(PortalVisit Visit, IReadOnlyList<WayToPay> Ways)
{
    public const int MaxEarlier = 20;

    /// <summary>Buttons for a day of payment: the next business days, within what the policy allows.</summary>
    private const int DayButtons = 3;

    public IReadOnlyList<EarlierAnswer> Earlier { get; init; } = [];

    /// <summary>What the amounts include of interest and fees, and how it is computed.</summary>
    public IReadOnlyDictionary<InvoiceId, PortalCharges> Charges { get; init; } =
        new Dictionary<InvoiceId, PortalCharges>();

    /// <summary>The kind of answer that was just given; null for none.</summary>
    public string? Done { get; init; }

    public IReadOnlyList<Money> DueNow => Totals(invoice => AmountDue(invoice));

    public IReadOnlyList<Money> DueLater => Totals(invoice => invoice.UndisputedAmount - AmountDue(invoice));

    public IReadOnlyList<DateOnly> PaymentDays
    {
        get
        {
            var last = WillPay.LastDay(Visit.Context, Visit.Invoices);
            List<DateOnly> days = [];
            for (
                var day = Visit.Context.Following(Visit.Context.Today);
                day <= last && days.Count < DayButtons;
                day = Visit.Context.Following(day.AddDays(1))
            )
                days.Add(day);
            return days;
        }
    }

    public bool IsOverdue(Invoice invoice) => invoice.DueDate < Visit.Context.Today;

    private Money AmountDue(Invoice invoice) =>
        Demand.Of(invoice, Visit.Context.Today) is { } demand && demand.DueDate <= Visit.Context.Today
            ? demand.Amount
            : Money.Zero(invoice.OpenAmount.Currency);

    private IReadOnlyList<Money> Totals(Func<Invoice, Money> amountOf) =>
        [
            .. Money
                .SumsOf(Visit.Invoices.Select(amountOf))
                .OrderBy(total => total.Currency, StringComparer.Ordinal)
                .Where(total => total.IsPositive),
        ];
}

/// <summary>What the customer has answered, and what became of it.</summary>
public sealed record EarlierAnswer(Reply Reply, PortalSentence State);
