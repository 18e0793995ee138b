using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Forecast;

/// <summary>Reads what a forecast needs besides the open rows: for most customers that is nothing.</summary>
public sealed class ForecastReader(ReceivablesTable receivables, DunningRules rules)
{
    /// <param name="account">As it is stored, before a change that is to be previewed.</param>
    /// <param name="withStatements">
    /// Reads the closed invoices and the ledger, too: monthly statements need them.
    /// </param>
    public async Task<ForecastFacts> ReadAsync(
        CustomerAccount account,
        bool withStatements,
        CancellationToken cancellationToken
    )
    {
        var notices = account.Notices.Select(notice => notice.Value).ToList();
        var closed = await Task.WhenAll(
            notices
                .SelectMany(notice => notice.Lines)
                .Select(line => line.InvoiceId)
                .Distinct()
                .Where(id => account.Invoice(id) is null)
                .Select(id => receivables.ReadClosedAsync(new InvoiceId(account.Id, id), cancellationToken))
        );
        var sent = await Task.WhenAll(
            notices
                .Select(notice => notice.Id.Plan)
                .Distinct()
                .Select(plan => receivables.ReadSentMessagesAsync(account.Id, plan, cancellationToken))
        );
        return new ForecastFacts(account)
        {
            Closed = [.. closed.OfType<Versioned<Invoice>>()],
            Sent = [.. sent.SelectMany(messages => messages).Select(message => message.Value)],
            Ledger = await ReadChargeableAsync(account, cancellationToken),
            History = withStatements
                ? await receivables.ReadHistoryAsync(account.Id, account.Invoices, cancellationToken)
                : null,
        };
    }

    /// <summary>Of the invoices whose messages say something of interest and fees.</summary>
    private async Task<IReadOnlyList<LedgerEntry>> ReadChargeableAsync(
        CustomerAccount account,
        CancellationToken cancellationToken
    )
    {
        var ledgers = await Task.WhenAll(
            account
                .Invoices.Select(invoice => invoice.Value)
                .Where(invoice =>
                    invoice.Charged.IsPositive || rules.Policies.Of(invoice).AllSteps.Any(step => step.MentionsCharges)
                )
                .Select(invoice => receivables.ReadEntriesAsync(invoice.Id, cancellationToken))
        );
        return [.. ledgers.SelectMany(entries => entries)];
    }
}
