using Dunning.Receivables;
using Dunning.Receivables.Banking;
using Dunning.Receivables.Storage;

namespace Dunning.Payments.BankFiles;

/// <summary>Reads what the movements of a file could pay, and decides about one after the other.</summary>
public sealed class BankMatching(Lookup lookup, ReceivablesTable receivables)
{
    /// <param name="lines">Movements that came in.</param>
    internal async Task<IReadOnlyList<(BankLine Line, BankReading Reading)>> DecideAsync(
        IReadOnlyList<BankLine> lines,
        CancellationToken cancellationToken
    )
    {
        var payers = await PayersAsync(lines, cancellationToken);
        Dictionary<InvoiceId, Money> taken = [];
        List<(BankLine, BankReading)> decided = [];
        foreach (var line in lines)
        {
            var candidates = new BankCandidates(
                await ByReferenceAsync(line, taken, cancellationToken),
                await ByNumberAsync(line, taken, cancellationToken),
                [.. payers[BankText.NameKey(line.Payer ?? "")].Select(debt => Without(debt, taken))]
            );
            var reading = BankMatch.Decide(line, candidates);
            foreach (var part in reading.Parts)
                taken[part.Debt.Invoice] = taken.TryGetValue(part.Debt.Invoice, out var before)
                    ? before + part.Amount
                    : part.Amount;
            decided.Add((line, reading));
        }
        return decided;
    }

    private async Task<IReadOnlyList<PayableInvoice>> ByReferenceAsync(
        BankLine line,
        Dictionary<InvoiceId, Money> taken,
        CancellationToken cancellationToken
    )
    {
        if (line.Reference is null)
            return [];
        var found = await FindAsync(PaymentReference.KeyOf(line.Reference), taken, cancellationToken);
        return found.Count > 0 ? found : await FindAsync(line.Reference, taken, cancellationToken);
    }

    private async Task<IReadOnlyList<PayableInvoice>> ByNumberAsync(
        BankLine line,
        Dictionary<InvoiceId, Money> taken,
        CancellationToken cancellationToken
    )
    {
        List<PayableInvoice> named = [];
        foreach (var number in BankText.NumbersIn($"{line.Reference} {line.Text}"))
        {
            var found = await FindAsync(number, taken, cancellationToken);
            named.AddRange(BankText.IsWeak(number) ? found.Where(debt => debt.Open == line.Amount) : found);
        }
        return named;
    }

    /// <summary>Of an invoice that was issued again with the same number, the one that is not void.</summary>
    private async Task<IReadOnlyList<PayableInvoice>> FindAsync(
        string reference,
        Dictionary<InvoiceId, Money> taken,
        CancellationToken cancellationToken
    )
    {
        var ids = await lookup.FindReferenceAsync(reference, cancellationToken);
        var invoices = (await Task.WhenAll(ids.Select(id => receivables.ReadInvoiceAsync(id, cancellationToken))))
            .OfType<Versioned<Invoice>>()
            .Select(invoice => invoice.Value)
            .Where(invoice => invoice.Closed is null or { As: ClosedAs.Settled })
            .DistinctBy(invoice => invoice.Id);
        return [.. invoices.Select(invoice => Without(Of(invoice), taken))];
    }

    /// <summary>
    /// The open invoices of the customers that the lines name; one reading of the book for all lines.
    /// </summary>
    private async Task<ILookup<string, PayableInvoice>> PayersAsync(
        IReadOnlyList<BankLine> lines,
        CancellationToken cancellationToken
    )
    {
        var names = lines
            .Select(line => line.Payer)
            .OfType<string>()
            .Select(BankText.NameKey)
            .Where(key => key.Length > 0)
            .ToHashSet();
        List<(string Name, PayableInvoice Debt)> found = [];
        foreach (var shard in names.Count > 0 ? receivables.Shards.All : [])
        {
            await foreach (var account in receivables.ReadAllAsync(shard, cancellationToken))
            {
                var customer = account.Customer.Value;
                if (customer.Merge is not null)
                    continue;
                foreach (var name in NamesOf(customer).Where(names.Contains))
                    found.AddRange(account.Invoices.Select(invoice => (name, Of(invoice.Value))));
            }
        }
        return found.ToLookup(one => one.Name, one => one.Debt);
    }

    private static IEnumerable<string> NamesOf(Customer customer) =>
        customer
            .Contacts.Select(contact => contact.Name)
            .Prepend(customer.Name)
            .Select(BankText.NameKey)
            .Where(key => key.Length > 0)
            .Distinct();

    private static PayableInvoice Of(Invoice invoice) =>
        new(
            invoice.Id,
            invoice.Document.Number,
            invoice.Closed is null ? invoice.OpenAmount : Money.Zero(invoice.OpenAmount.Currency),
            invoice.Payments.PendingPayments.Count > 0
        );

    private static PayableInvoice Without(PayableInvoice debt, Dictionary<InvoiceId, Money> taken) =>
        taken.TryGetValue(debt.Invoice, out var paid) ? debt with { Open = debt.Open - paid } : debt;
}
