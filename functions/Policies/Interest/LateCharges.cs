using Dunning.Receivables;

namespace Dunning.Policies.Interest;

/// <summary>
/// What the law allows to be charged on an invoice on a day, and what was charged already. Changes nothing.
/// </summary>
internal sealed record LateCharges
{
    public required DateOnly On { get; init; }
    public required ApplicableLaw Law { get; init; }
    public required DebtHistory Debt { get; init; }

    /// <summary>All interest up to the day, charged or not; null when there is none.</summary>
    public InterestComputation? Interest { get; init; }

    /// <summary>One of each kind; none while nothing is overdue.</summary>
    public IReadOnlyList<PossibleCharge> Possible { get; init; } = [];

    /// <summary>What may be charged.</summary>
    public IEnumerable<PossibleCharge> Allowed => Possible.Where(charge => charge.IsAllowed);

    /// <param name="entries">The invoice's ledger.</param>
    public static LateCharges Of(
        DunningContext context,
        Invoice invoice,
        IReadOnlyCollection<LedgerEntry> entries,
        DateOnly on
    )
    {
        var law = ApplicableLaw.Of(context, invoice);
        var rule = law.Jurisdiction?.InterestFor(law.Kind, invoice.Document.DueDate);
        var debt = DebtHistory.Create(
            InvoiceMovements.Of(invoice, [.. entries], context.DayOf),
            law.Allocation,
            invoice.OpenAmount.Currency,
            new DueDates(
                invoice,
                context.DayOf,
                day => rule?.Rule is { DueDateMoves: true } ? context.Following(day) : day
            )
        );
        var charges = new LateCharges
        {
            On = on,
            Law = law,
            Debt = debt,
        };
        if (!invoice.IsSale || invoice.Document.Kind is not InvoiceKind.Invoice)
            return charges;
        if (debt.Overdue is not [var first, ..] || first.After >= on)
            return charges;
        return new ChargeRules(context, invoice, entries, charges).Apply(rule);
    }
}

/// <summary>A charge that the law knows, with its amount or the reason against it.</summary>
/// <param name="Amount">Null where it is not known.</param>
/// <param name="WhyNot">Null for a charge that may be made.</param>
internal sealed record PossibleCharge(ChargeKind Kind, Money? Amount, NotChargedReason? WhyNot)
{
    public string? LegalBasis { get; init; }

    /// <summary>Where the time is the reason: the first day on which it may be charged.</summary>
    public DateOnly? EarliestOn { get; init; }

    public bool IsAllowed => WhyNot is null && Amount is { IsPositive: true };
}
