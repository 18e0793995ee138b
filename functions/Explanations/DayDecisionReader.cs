using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Explanations;

/// <summary>Reads what explains the days of an invoice, for the API and the invoice's page.</summary>
public sealed class DayDecisionReader(ReceivablesTable receivables, DunningRules rules, TimeProvider clock)
{
    /// <param name="day">In the customer's zone, not in the future; null for today.</param>
    /// <returns>Null when no invoice has this id.</returns>
    public async Task<DayDecision?> ReadAsync(InvoiceId id, DateOnly? day, CancellationToken cancellationToken) =>
        await ReadHistoryAsync(id, cancellationToken) is { } history
            ? DayDecision.Decide(history, day ?? history.Today)
            : null;

    /// <summary>To ask about several days with one read.</summary>
    /// <returns>Null when no invoice has this id.</returns>
    public async Task<InvoiceHistory?> ReadHistoryAsync(InvoiceId id, CancellationToken cancellationToken)
    {
        if (
            await receivables.ReadInvoiceAsync(id, cancellationToken) is not { } invoice
            || await receivables.ReadAsync(invoice.Value.Id.Customer, cancellationToken) is not { } account
        )
            return null;
        return new InvoiceHistory(
            invoice.Value,
            await receivables.ReadEventsAsync(invoice.Value.Id, cancellationToken),
            await receivables.Sending.ReadAsync(cancellationToken),
            new DunningContext(account.Customer.Value, rules, clock.GetUtcNow())
        );
    }
}
