using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Policies;

/// <summary>
/// The thank-you notice for settled invoices: one email for all that are settled before it is sent.
/// </summary>
internal static class ThankYou
{
    /// <summary>Keeps the claim within one transaction and the email readable.</summary>
    private const int MaxInvoices = 30;

    /// <summary>Adds the thank-you notice to the transaction that settles the invoice.</summary>
    /// <returns>
    /// Whether a notice was added. False when the customer must not or cannot be emailed, or when a planned thank-you
    /// notice now includes the invoice.
    /// </returns>
    public static bool Add(
        CustomerTransaction transaction,
        DunningContext context,
        Invoice settled,
        CustomerAccount account
    )
    {
        var (customer, _, now) = context;
        if (
            settled.ErasedAt is not null
            || customer.EmailAddress is null
            || customer.DoNotContact
            || customer.NoCourtesyMails
        )
            return false;
        var line = new NoticeLine(settled.Id.Invoice, settled.Dunning.Step);
        if (account.Notices.FirstOrDefault(CanTakeMore) is { } waiting)
        {
            if (waiting.Value.Lines.All(l => l.InvoiceId != line.InvoiceId))
                transaction.Save(waiting, waiting.Value with { Lines = [.. waiting.Value.Lines, line] });
            return false;
        }
        var thanks = new Notice
        {
            Id = NoticeId.At(now, $"thanks-{settled.Id.Invoice}"),
            CustomerId = customer.Id,
            Channel = Channel.Email,
            Tone = NoticeTone.ThankYou,
            Lines = [line],
            PlannedAt = now,
            NotBefore = SendWindow.From(context, Channel.Email),
        };
        transaction.Save(before: null, thanks);
        return true;
    }

    private static bool CanTakeMore(Versioned<Notice> notice) =>
        notice.Value is { Tone: NoticeTone.ThankYou, State: NoticeState.Planned, Lines.Count: < MaxInvoices };
}
