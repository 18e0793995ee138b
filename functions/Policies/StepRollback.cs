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
    /// <summary>Saves the invoice, and an event where the transaction has none about it.</summary>
    public static void Save(
        CustomerTransaction transaction,
        DunningContext context,
        Versioned<Invoice> before,
        Invoice after
    )
    {
        transaction.Save(before, after);
        if (transaction.HasEventOf(after.Id))
            return;
        var next = after.Dunning.Next;
        transaction.AddEvent(
            after.Id,
            new(context.Now, EventKind.Scheduled)
            {
                Step = next?.Step,
                Date = next is null ? null : context.DayOf(next.At),
            }
        );
    }

    /// <returns>The invoices to save, each before and after.</returns>
    public static IEnumerable<(Versioned<Invoice> Before, Invoice After)> Decide(
        DunningContext context,
        CustomerAccount account,
        UnsentReminder unsent
    )
    {
        var (notice, excluded, sent) = unsent;
        if (!notice.IsReminder)
            yield break;
        foreach (var line in notice.Lines.Where(l => excluded.Contains(l.InvoiceId)))
        {
            if (
                account.Invoice(line.InvoiceId) is { } invoice
                && invoice.Value.Dunning.Step == StepOf(invoice.Value, line.Step)
                && !IsCovered(line)
            )
                yield return (invoice, Schedule.Recalculate(context, WithoutStep(context, invoice.Value, line)));
        }

        // Much may have changed until a formal letter is due again: a person decides anew.
        Invoice WithoutStep(DunningContext context, Invoice invoice, NoticeLine line)
        {
            var back = invoice.NoLongerAwaiting(notice.Id).AtStep(StepOf(invoice, line.Before));
            return context.PolicyOf(invoice).Find(line.Step)?.Tone.IsFormal() is true
                ? back with
                {
                    Dunning = back.Dunning with { Approved = null },
                }
                : back;
        }

        // The invoice may have moved to another policy since.
        StepId? StepOf(Invoice invoice, StepId? step) =>
            context.Rules.Policies.Counterpart(context.PolicyOf(invoice), step);

        bool IsCovered(NoticeLine line) =>
            account.Notices.Any(n => n.Value.Id != notice.Id && n.Value.Lines.Contains(line))
            || sent.Any(m => m.MayHaveArrived && m.Notice.Lines.Contains(line));
    }
}

/// <summary>A reminder that is not sent, or not for all of its invoices.</summary>
/// <param name="Excluded">Ids of the notice's invoices that it does not include after all.</param>
/// <param name="Sent">The messages that were sent for the same plan.</param>
internal sealed record UnsentReminder(Notice Notice, IReadOnlyList<string> Excluded, IReadOnlyList<SentMessage> Sent);
