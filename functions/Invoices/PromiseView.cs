using Dunning.Receivables;

namespace Dunning.Invoices;

/// <param name="Amount">Null for all that is owed.</param>
internal sealed record PromiseView(DateOnly On, string? Amount, PromiseState State, DateOnly LastDay, string? By)
{
    public static PromiseView Create(Promise promise) =>
        new(promise.On, promise.Amount?.ToDecimalString(), promise.State, promise.LastDay, promise.By);
}
