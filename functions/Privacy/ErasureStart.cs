using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Privacy;

/// <summary>Why a customer's data cannot be erased now.</summary>
public enum ErasureBlocker
{
    None,

    /// <summary>Money is still owed: a claim may be kept until it is settled (GDPR art. 17(3)(e)).</summary>
    OpenInvoices,

    /// <summary>A sender has claimed a notice and is sending it.</summary>
    MessageInFlight,

    /// <summary>The customer is being merged with another one.</summary>
    MergeInProgress,
}

/// <summary>
/// The first transactions of an erasure: delete the customer's own data and all unsent notices. No notice is planned or
/// sent afterwards.
/// </summary>
internal static class ErasureStart
{
    private const int MaxRows = CustomerTransaction.MaxRows - 10;

    public static ErasureBlocker BlockerOf(CustomerAccount account, bool force, DateTimeOffset now) =>
        account.Customer.Value.Merge is not null ? ErasureBlocker.MergeInProgress
        : account.Notices.Any(n => n.Value.State is NoticeState.Sending && !n.Value.IsInDoubt(now))
            ? ErasureBlocker.MessageInFlight
        : account.Invoices.Count > 0 && !force ? ErasureBlocker.OpenInvoices
        : ErasureBlocker.None;

    /// <param name="begun">An unfinished erasure of the same customer.</param>
    /// <returns>
    /// When the notices fill the transaction, the customer is not marked as erased yet: decide again after the commit.
    /// </returns>
    public static CustomerTransaction Decide(
        CustomerAccount account,
        Versioned<ErasureRequest>? begun,
        DateTimeOffset now
    )
    {
        var transaction = new CustomerTransaction(account.Id);
        foreach (var notice in account.Notices)
        {
            var needed = 2 * notice.Value.Lines.Count + account.Customer.Value.FollowUpKeys.Count + 3;
            if (transaction.RowCount > 0 && transaction.RowCount + needed > MaxRows)
                return transaction;
            Drop(transaction, notice, now);
        }
        return transaction
            .Save(account.Customer, Erasure.Erase(account.Customer.Value, now))
            .Save(
                begun,
                new ErasureRequest(
                    account.Id,
                    now,
                    [.. account.Customer.Value.Addresses.Union(begun?.Value.Numbers ?? [])]
                )
                {
                    NameKey = account.Customer.Value.NameKey ?? begun?.Value.NameKey,
                }
            );
    }

    private static void Drop(CustomerTransaction transaction, Versioned<Notice> notice, DateTimeOffset now)
    {
        var invoiceEvent = new InvoiceEvent(
            now,
            notice.Value.State is NoticeState.Planned ? EventKind.NotSent : EventKind.InDoubt
        )
        {
            Block = DunningBlock.Erased,
            Notice = notice.Value.Id,
            Channels = [notice.Value.Channel],
        };
        transaction.Delete(notice);
        foreach (var line in notice.Value.Lines)
            transaction.AddEvent(new InvoiceId(notice.Value.CustomerId, line.InvoiceId), invoiceEvent);
    }
}
