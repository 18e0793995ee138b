using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Privacy;

/// <summary>What stands in the way of erasing a customer's data.</summary>
public enum ErasureBlocker
{
    None,

    /// <summary>Money is still owed: claims may be kept until they are settled (GDPR art. 17(3)(e)).</summary>
    OpenInvoices,

    /// <summary>A sender has claimed a message and is about to hand it over.</summary>
    MessageLeaving,
}

/// <summary>
/// The first move of an erasure: the customer's own data and every message that waits. Nothing is planned or sent after
/// it.
/// </summary>
internal static class ErasureStart
{
    private const int MaxRows = CustomerTransaction.MaxRows - 10;

    public static ErasureBlocker BlockerOf(CustomerAccount account, bool force, DateTimeOffset now) =>
        account.Notices.Any(n => n.Value.State is NoticeState.Sending && !n.Value.IsInDoubt(now))
            ? ErasureBlocker.MessageLeaving
        : account.Invoices.Count > 0 && !force ? ErasureBlocker.OpenInvoices
        : ErasureBlocker.None;

    /// <param name="begun">An erasure of the same customer that has not come to its end.</param>
    /// <returns>
    /// The mark is part of the move; false when messages filled it, and the move after it has to be decided again.
    /// </returns>
    public static (CustomerTransaction Move, bool IsMarked) Decide(
        CustomerAccount account,
        Versioned<ErasureRequest>? begun,
        DateTimeOffset now
    )
    {
        var transaction = new CustomerTransaction(account.Id);
        foreach (var notice in account.Notices)
        {
            if (transaction.Rows.Count > 0 && transaction.Rows.Count + notice.Value.Lines.Count + 2 > MaxRows)
                return (transaction, false);
            Drop(transaction, notice, now);
        }
        return (
            transaction
                .Save(account.Customer, Erasure.Erase(account.Customer.Value, now))
                .Save(
                    begun,
                    new ErasureRequest(
                        account.Id,
                        now,
                        [.. account.Customer.Value.Numbers.Union(begun?.Value.Numbers ?? [])]
                    )
                ),
            true
        );
    }

    private static void Drop(CustomerTransaction transaction, Versioned<Notice> notice, DateTimeOffset now)
    {
        var channel = notice.Value.Channel.ToString().ToLowerInvariant();
        var (kind, what) =
            notice.Value.State is NoticeState.Planned
                ? (EventKind.NotSent, $"Not sent by {channel}: the customer's data are erased")
                : (
                    EventKind.InDoubt,
                    $"May or may not have been sent by {channel}, and never will be known: the customer's data "
                        + "are erased"
                );
        transaction.Delete(notice);
        foreach (var line in notice.Value.Lines)
            transaction.AddEvent(
                new InvoiceId(notice.Value.CustomerId, line.InvoiceId),
                new(now, kind, what, new Dictionary<string, string> { ["notice"] = notice.Value.Id })
            );
    }
}
