using Azure;

namespace Dunning.Receivables.Storage;

/// <summary>
/// A customer's open rows after a transaction, without storage: what <see cref="ReceivablesTable.TryCommitAsync"/> and
/// then <see cref="ReceivablesTable.ReadAsync"/> give. Only the open rows are looked at.
/// </summary>
internal static class AppliedTransaction
{
    /// <returns>
    /// Null when the commit would fail, because a row has changed since it was read or exists already; and when no
    /// customer is left.
    /// </returns>
    public static CustomerAccount? After(this CustomerAccount account, CustomerTransaction transaction)
    {
        var customer = Keys.Customer(account.Id);
        return
            Change([account.Customer], _ => customer, key => key == customer, transaction) is [var changed]
            && Change(account.Invoices, i => Keys.Invoice(i.Id), IsIn($"{customer}_i_"), transaction) is { } invoices
            && Change(account.Notices, n => Keys.Notice(account.Id, n.Id), IsIn($"{customer}_o_"), transaction)
                is { } notices
            ? new CustomerAccount(changed, invoices, notices)
            : null;
    }

    private static Func<string, bool> IsIn(string prefix) => key => key.StartsWith(prefix, StringComparison.Ordinal);

    /// <returns>The rows in the order of their keys; null when one of the changes does not fit.</returns>
    private static IReadOnlyList<Versioned<T>>? Change<T>(
        IReadOnlyList<Versioned<T>> before,
        Func<T, string> keyOf,
        Func<string, bool> isOne,
        CustomerTransaction transaction
    )
        where T : class
    {
        var changes = transaction.Rows.Where(row => isOne(row.Key)).ToList();
        if (changes.Count == 0)
            return before;
        var rows = before.ToDictionary(row => keyOf(row.Value), StringComparer.Ordinal);
        foreach (var change in changes)
        {
            var stored = rows.GetValueOrDefault(change.Key);
            var isInsertion = change is { Value: not null, Version: null };
            if (isInsertion != stored is null || (change.Version ?? stored?.Version) != stored?.Version)
                return null;
            if (change.Value is null)
                rows.Remove(change.Key);
            else
                rows[change.Key] = new Versioned<T>((T)change.Value, Next(stored?.Version));
        }
        return [.. rows.OrderBy(row => row.Key, StringComparer.Ordinal).Select(row => row.Value)];
    }

    /// <summary>Another ETag than that of the row before.</summary>
    private static ETag Next(ETag? before) => new($"{before}+");
}
