namespace Dunning.Receivables;

/// <summary>
/// How a customer's promises ended. Withdrawn and moved ones, and those of void invoices, do not count.
/// </summary>
/// <param name="Pending">Still waited for: the invoice is open.</param>
internal sealed record PromiseCounts(int Kept, int Broken, int Pending)
{
    public static PromiseCounts Of(IEnumerable<Invoice> invoices)
    {
        var promises = invoices
            .Where(invoice => invoice.Closed is not { As: ClosedAs.Void or ClosedAs.Replaced })
            .SelectMany(invoice =>
                invoice.Agreements.PastPromises.Append(invoice.Closed is null ? invoice.Agreements.Promise : null)
            )
            .OfType<Promise>()
            .CountBy(promise => promise.State)
            .ToDictionary();
        return new(
            promises.GetValueOrDefault(PromiseState.Kept),
            promises.GetValueOrDefault(PromiseState.Broken),
            promises.GetValueOrDefault(PromiseState.Pending)
        );
    }
}
