using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Policies;

/// <summary>
/// Undoes a step whose reminder was planned and then not sent, because of a reported payment or a hold, for example.
/// The invoice returns to the step before, so that the step is taken again if the reason does not last. Not when
/// another message with the step is planned or may have been delivered.
/// </summary>
internal static class StepRollback
{
    /// <param name="excluded">Ids of the notice's invoices that it does not include after all.</param>
    /// <param name="sent">The messages that were sent for the same plan.</param>
    /// <returns>The invoices to save, each before and after.</returns>
    public static IEnumerable<(Versioned<Invoice> Before, Invoice After)> Decide(
        CustomerAccount account,
        Notice notice,
        IEnumerable<string> excluded,
        IReadOnlyList<SentMessage> sent,
        DunningRules rules,
        DateTimeOffset now
    )
    {
        if (!notice.IsReminder)
            yield break;
        foreach (var line in notice.Lines.Where(l => excluded.Contains(l.InvoiceId)))
        {
            if (account.Invoice(line.InvoiceId) is { } invoice && invoice.Value.Step == line.Step && !IsCovered(line))
                yield return (
                    invoice,
                    Schedule.Recalculate(invoice.Value with { Step = line.Before }, account.Customer.Value, rules, now)
                );
        }

        bool IsCovered(NoticeLine line) =>
            account.Notices.Any(n => n.Value.Id != notice.Id && n.Value.Lines.Contains(line))
            || sent.Any(m => m.MayHaveArrived && m.Notice.Lines.Contains(line));
    }
}
