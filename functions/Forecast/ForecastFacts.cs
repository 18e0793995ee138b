using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Forecast;

/// <summary>What a forecast starts from; see <see cref="ForecastReader"/>.</summary>
/// <param name="Account">The customer's open rows.</param>
public sealed record ForecastFacts(CustomerAccount Account)
{
    /// <summary>The closed invoices that planned notices are about: a thank-you is.</summary>
    public IReadOnlyList<Versioned<Invoice>> Closed { get; init; } = [];

    /// <summary>The messages that were sent for the same plans as the notices that still wait.</summary>
    public IReadOnlyList<SentMessage> Sent { get; init; } = [];

    /// <summary>The entries of the open invoices whose messages say something of interest and fees.</summary>
    public IReadOnlyList<LedgerEntry> Ledger { get; init; } = [];

    /// <summary>All that is stored of the account; null for a forecast without monthly statements.</summary>
    public AccountHistory? History { get; init; }

    /// <summary>
    /// An assumption: invoices that are paid in full on a day, in the customer's zone. Their entries are in the ledger.
    /// </summary>
    public IReadOnlyDictionary<InvoiceId, DateOnly> PaidOn { get; init; } = new Dictionary<InvoiceId, DateOnly>();

    /// <summary>The facts after a change, to preview it.</summary>
    /// <returns>Null when the change is not possible: its rows have changed since it was decided.</returns>
    public ForecastFacts? After(CustomerTransaction transaction)
    {
        if (Account.After(transaction) is not { } account)
            return null;
        var written = transaction.Rows.Select(row => row.Value).ToList();
        var invoices = written.OfType<Invoice>().ToList();
        return this with
        {
            Account = account,
            Closed =
            [
                .. Closed.Where(closed => invoices.TrueForAll(invoice => invoice.Id != closed.Value.Id)),
                .. invoices.Where(invoice => invoice.Closed is not null).Select(ToClosed),
            ],
            Sent = [.. Sent, .. written.OfType<SentMessage>()],
            Ledger = [.. Ledger, .. written.OfType<LedgerEntry>()],
        };
    }

    /// <summary>The facts after the open invoices have moved to a version of their policy.</summary>
    /// <param name="rules">They know the version.</param>
    internal ForecastFacts MovedTo(DunningRules rules, Policy policy, DateTimeOffset now)
    {
        var (facts, context) = (this, new DunningContext(Account.Customer.Value, rules, now));
        while (PolicyMove.Decide(context, facts.Account, policy, by: "") is { } move)
            facts =
                facts.After(move) ?? throw new InvalidOperationException("A preview reads and changes the same rows.");
        return facts;
    }

    /// <summary>The closed invoices of a notice, in the order in which its sender will read them.</summary>
    internal IReadOnlyList<Versioned<Invoice>> ClosedOf(Notice notice) =>
        [
            .. notice
                .Lines.Select(line => Closed.FirstOrDefault(closed => closed.Value.Id.Invoice == line.InvoiceId))
                .OfType<Versioned<Invoice>>()
                .Distinct(),
        ];

    /// <summary>The messages that were sent for the same plan as a notice.</summary>
    internal IReadOnlyList<SentMessage> SentFor(Notice notice) =>
        [.. Sent.Where(sent => sent.Notice.Id.Value.StartsWith(notice.Id.Plan, StringComparison.Ordinal))];

    internal IReadOnlyDictionary<InvoiceId, IReadOnlyList<LedgerEntry>> Ledgers =>
        Ledger
            .GroupBy(entry => new InvoiceId(Account.Id, entry.InvoiceId))
            .ToDictionary(invoice => invoice.Key, invoice => (IReadOnlyList<LedgerEntry>)[.. invoice]);

    /// <summary>The history with the open invoices as they are now.</summary>
    internal AccountHistory? CurrentHistory =>
        History is null
            ? null
            : History with
            {
                Invoices =
                [
                    .. History.Invoices.Where(invoice => invoice.Closed is not null),
                    .. Account.Invoices.Select(invoice => invoice.Value),
                ],
            };

    private static Versioned<Invoice> ToClosed(Invoice invoice) => new(invoice, default);
}
