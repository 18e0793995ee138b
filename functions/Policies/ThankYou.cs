using System.Globalization;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Policies;

/// <summary>
/// A word of thanks for an invoice that was paid: one mail for all that were settled before it leaves.
/// </summary>
internal static class ThankYou
{
    /// <summary>More would not fit one claim, nor one screen.</summary>
    private const int MaxInvoices = 40;

    /// <summary>Adds the thanks to the move that settles the invoice.</summary>
    /// <returns>
    /// To be enqueued once the move is written; null when there is nobody to thank, or a notice on its way already
    /// speaks for this one too.
    /// </returns>
    public static Notice? Add(
        CustomerTransaction transaction,
        Invoice settled,
        CustomerAccount account,
        Customer customer,
        DunningRules rules,
        DateTimeOffset now
    )
    {
        if (settled.ErasedAt is not null || customer.EmailAddress is null || customer.DoNotContact)
            return null;
        var line = new NoticeLine(settled.Id.Invoice, settled.Step);
        if (account.Notices.FirstOrDefault(CanTakeMore) is { } waiting)
        {
            if (waiting.Value.Lines.All(l => l.InvoiceId != line.InvoiceId))
                transaction.Save(waiting, waiting.Value with { Lines = [.. waiting.Value.Lines, line] });
            return null;
        }
        var thanks = new Notice
        {
            Id =
                now.UtcDateTime.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture)
                + $"-thanks-{settled.Id.Invoice}",
            CustomerId = customer.Id,
            Channel = Channel.Email,
            Tone = NoticeTone.ThankYou,
            Lines = [line],
            PlannedAt = now,
            NotBefore = SendWindow.From(Channel.Email, customer, rules, now),
        };
        transaction.Save(before: null, thanks);
        return thanks;
    }

    private static bool CanTakeMore(Versioned<Notice> notice) =>
        notice.Value is { Tone: NoticeTone.ThankYou, State: NoticeState.Planned, Lines.Count: < MaxInvoices };
}
