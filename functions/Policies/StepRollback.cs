using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Policies;

/// <summary>
/// A reminder was planned and then not sent, because a payment was on its way or somebody put the invoice on hold. When
/// that comes to nothing, the step still has to be said: the invoice goes back to the step before, unless another
/// channel says it or has said it.
/// </summary>
internal static class StepRollback
{
    /// <param name="dropped">Those of the notice's invoices that it does not speak for after all.</param>
    /// <param name="handed">What was handed to a provider for the same plan.</param>
    /// <returns>The invoices to save, each before and after.</returns>
    public static IEnumerable<(Versioned<Invoice> Before, Invoice After)> Of(
        CustomerAccount account,
        Notice notice,
        IEnumerable<string> dropped,
        IReadOnlyList<SentMessage> handed,
        DunningRules rules,
        DateTimeOffset now
    )
    {
        if (!notice.IsReminder)
            yield break;
        foreach (var line in notice.Lines.Where(l => dropped.Contains(l.InvoiceId)))
        {
            if (account.Invoice(line.InvoiceId) is { } invoice && invoice.Value.Step == line.Step && !IsSaid(line))
                yield return (
                    invoice,
                    Schedule.Recalculate(invoice.Value with { Step = line.Before }, account.Customer.Value, rules, now)
                );
        }

        bool IsSaid(NoticeLine line) =>
            account.Notices.Any(n => n.Value.Id != notice.Id && n.Value.Lines.Contains(line))
            || handed.Any(h => h.MayHaveArrived && h.Notice.Lines.Contains(line));
    }
}
