namespace Dunning.Receivables;

/// <summary>All that is stored of a customer's account.</summary>
/// <param name="Invoices">Open and closed.</param>
/// <param name="Entries">The ledger entries of these invoices.</param>
public sealed record AccountHistory(IReadOnlyList<Invoice> Invoices, IReadOnlyList<LedgerEntry> Entries)
{
    /// <summary>
    /// Without the invoices of which it is uncertain whether they are the customer's: nobody else may learn of them.
    /// </summary>
    public AccountHistory WithoutUncertain() =>
        this with
        {
            Invoices = [.. Invoices.Where(invoice => !invoice.IsUncertain)],
        };

    /// <param name="dateOf">The date of an instant in the customer's zone.</param>
    internal IReadOnlyList<AccountMovement> Movements(DateOnly today, Func<DateTimeOffset, DateOnly> dateOf)
    {
        var entries = Entries.ToLookup(entry => entry.InvoiceId, StringComparer.Ordinal);
        var numbers = Invoices.ToDictionary(invoice => invoice.Id.Invoice, invoice => invoice.Document.Number);
        return
        [
            .. Invoices
                .SelectMany(invoice => InvoiceMovements.Of(invoice, [.. entries[invoice.Id.Invoice]], dateOf))
                // A credit note that came as a document is known by its number.
                .Select(movement =>
                    movement.Reference is { } id && numbers.TryGetValue(id, out var number)
                        ? movement with
                        {
                            Reference = number,
                        }
                        : movement
                )
                // What is dated later than today is known today: the balance of today contains it.
                .Select(movement => movement.Date > today ? movement with { Date = today } : movement)
                .OrderBy(movement => movement.Date)
                .ThenBy(movement => movement.Kind)
                .ThenBy(movement => movement.Invoice.Document.Number, StringComparer.Ordinal)
                .ThenBy(movement => movement.Reference, StringComparer.Ordinal),
        ];
    }
}
