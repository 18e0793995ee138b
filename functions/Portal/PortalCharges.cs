using Dunning.Html;
using Dunning.Policies;
using Dunning.Policies.Interest;
using Dunning.Receivables;
using Microsoft.AspNetCore.Components;

namespace Dunning.Portal;

/// <summary>What the amount of an invoice includes of interest and fees.</summary>
/// <param name="Computation">How the interest is computed, line by line.</param>
public sealed record PortalCharges(RenderFragment Included, IReadOnlyList<RenderFragment> Computation)
{
    /// <returns>Null when nothing of them is open.</returns>
    public static PortalCharges? Create(
        DunningContext context,
        Invoice invoice,
        IReadOnlyCollection<LedgerEntry> ledger,
        PageWords words
    )
    {
        var charges = LateCharges.Of(context, invoice, ledger, context.Today);
        var open = OpenCharge.Of(charges.Debt.OpenCharges, ledger);
        if (open.Count == 0)
            return null;
        // What was charged is explained, not what the days since would add.
        var interest = open.FirstOrDefault(charge => charge.Kind is ChargeKind.Interest)?.Until is { } until
            ? LateCharges.Of(context, invoice, ledger, until).Interest
            : null;
        return new PortalCharges(
            PageWords.Show(words.Charges.Included(invoice.Document.Number, open)),
            interest is null ? [] : [.. words.Charges.Computation(interest).Select(PageWords.Show)]
        );
    }
}
