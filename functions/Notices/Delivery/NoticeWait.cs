using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Notices.Delivery;

/// <summary>A message that is not sent before a later instant.</summary>
internal sealed record NoticeWait(Notice Later, CustomerTransaction Transaction)
{
    /// <param name="later">The notice with the new time.</param>
    /// <param name="why">Null for a wait of minutes that nobody has to know of.</param>
    public static NoticeWait Decide(DunningContext context, Versioned<Notice> before, Notice later, EventReason? why)
    {
        var transaction = new CustomerTransaction(later.CustomerId).Save(before, later);
        var day = context.DayOf(later.NotBefore);
        // What is sent on the same day needs no reason.
        if (why is null || !later.IsReminder || day <= context.Today)
            return new NoticeWait(later, transaction);
        foreach (var line in later.Lines)
            transaction.AddEvent(
                new InvoiceId(later.CustomerId, line.InvoiceId),
                new(context.Now, EventKind.Postponed)
                {
                    Reason = why,
                    Step = line.Step,
                    Notice = later.Id,
                    Channels = [later.Channel],
                    Date = day,
                }
            );
        return new NoticeWait(later, transaction);
    }
}
