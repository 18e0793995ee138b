using Dunning.Policies;
using Dunning.Receivables;

namespace Dunning.Simulation;

/// <summary>On which day an open invoice is assumed to be paid. Pure.</summary>
internal static class PaymentAssumption
{
    /// <returns>
    /// Without the invoices that stay unpaid: those that are in dispute, on hold or paid by instalments among them.
    /// </returns>
    public static IReadOnlyDictionary<InvoiceId, DateOnly> PaidOn(
        DunningContext context,
        CustomerAccount account,
        AccountHistory history,
        AssumedPayments payments
    )
    {
        if (payments is AssumedPayments.None)
            return new Dictionary<InvoiceId, DateOnly>();
        var behaviour = payments is AssumedPayments.AsUsual ? PayerBehaviour.Of(context, history) : null;
        Dictionary<InvoiceId, DateOnly> paidOn = [];
        foreach (var invoice in account.Invoices.Select(invoice => invoice.Value).Where(MayBePaid))
        {
            var daysLate = behaviour is null ? 0 : behaviour.DaysLateIn(invoice.OpenAmount.Currency);
            if (daysLate is { } days && invoice.AgreedDueDate.AddDays((int)Math.Ceiling(days)) is var day)
            {
                if (day > context.Today)
                    paidOn[invoice.Id] = day;
            }
        }
        return paidOn;
    }

    private static bool MayBePaid(Invoice invoice) =>
        invoice.OpenAmount.IsPositive
        && invoice.Dunning is { Dispute: null, Hold: null }
        && invoice.Agreements.Plan is not { Stands: true };
}
