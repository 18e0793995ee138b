using Dunning.Http.Validation;
using Dunning.Receivables;

namespace Dunning.Invoices;

/// <summary>An amount that a person names must be in the invoice's currency and not above what is owed.</summary>
internal static class OwedAmount
{
    /// <returns>Null for an amount that can be used.</returns>
    public static FieldProblem? Check(string pointer, Money amount, Invoice invoice) =>
        amount.Currency != invoice.OpenAmount.Currency
            ? new(pointer, "currency_differs", $"The invoice is in {invoice.OpenAmount.Currency}.")
        : amount > invoice.OpenAmount
            ? new(pointer, "more_than_owed", $"{amount} is more than the {invoice.OpenAmount} that are owed: send less")
        : null;
}
