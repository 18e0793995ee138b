using Dunning.Policies;
using Dunning.Policies.Interest;
using Dunning.Receivables;

namespace Dunning.Dashboard.InvoicePages;

/// <summary>What <see cref="ChargesTable"/> shows: interest and fees up to today.</summary>
/// <param name="Law">The code of the law; null where it is not known.</param>
/// <param name="Total">All interest, charged or not.</param>
/// <param name="UnknownFrom">The first day whose rate is not known; null for none.</param>
public sealed record ChargeDetails(
    string? Law,
    IReadOnlyList<ChargeRow> Charges,
    IReadOnlyList<InterestRow> Lines,
    Money Total,
    DateOnly? UnknownFrom
)
{
    /// <returns>Null while nothing is overdue.</returns>
    public static ChargeDetails? Create(
        DunningContext context,
        Invoice invoice,
        IReadOnlyCollection<LedgerEntry> ledger
    )
    {
        var charges = LateCharges.Of(context, invoice, ledger, context.Today);
        if (charges.Possible.Count == 0)
            return null;
        var interest = charges.Interest;
        return new ChargeDetails(
            charges.Law.Jurisdiction?.Code,
            [.. charges.Possible.Select(c => new ChargeRow(c.Kind, c.Amount, c.WhyNot, c.LegalBasis, c.EarliestOn))],
            [.. (interest?.Lines ?? []).Select(InterestRow.Create)],
            interest?.Total ?? Money.Zero(invoice.OpenAmount.Currency),
            interest?.UnknownFrom
        );
    }
}

/// <param name="WhyNot">Null for what may be charged.</param>
public sealed record ChargeRow(
    ChargeKind Kind,
    Money? Amount,
    NotChargedReason? WhyNot,
    string? LegalBasis,
    DateOnly? EarliestOn
);
