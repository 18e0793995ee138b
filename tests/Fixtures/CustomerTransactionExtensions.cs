using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Tests.Fixtures;

/// <summary>Reads the rows that a transaction would write.</summary>
internal static class CustomerTransactionExtensions
{
    public static IReadOnlyList<T> All<T>(this CustomerTransaction transaction) =>
        [.. transaction.Rows.Select(row => row.Value).OfType<T>()];

    public static T One<T>(this CustomerTransaction transaction) => Assert.Single(transaction.All<T>());

    public static IEnumerable<EventKind> EventKinds(this CustomerTransaction transaction) =>
        transaction.All<InvoiceEvent>().Select(e => e.Kind);

    public static IEnumerable<string> Inserted(this CustomerTransaction transaction) =>
        transaction.Rows.Where(r => r is { Value: not null, Version: null }).Select(r => r.Key);

    public static IEnumerable<string> Deleted(this CustomerTransaction transaction) =>
        transaction.Rows.Where(r => r.Value is null).Select(r => r.Key);
}
