using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Payments.Ledger;

/// <summary>
/// Credit notes and corrected invoices find the invoice that they name by its number, whichever of the two comes first.
/// Safe to run any number of times.
/// </summary>
public sealed class Corrections(
    ReceivablesTable receivables,
    Lookup lookup,
    PaymentPosting posting,
    CustomerTransactions transactions,
    DunningRules rules
)
{
    /// <summary>
    /// Applies a stored document to the invoice that it names, and what was stored before to an invoice.
    /// </summary>
    /// <returns>A sentence for the sender when nothing could be applied; null otherwise.</returns>
    public async Task<string?> ApplyAsync(Customer customer, Invoice document, CancellationToken cancellationToken)
    {
        if (IsCorrection(document))
            return await ApplyToNamedAsync(document, cancellationToken);
        foreach (var id in await lookup.FindCorrectionsAsync(document.Document.Number, cancellationToken))
        {
            if (await ReadAsync(id, document, cancellationToken) is { } earlier && IsCorrection(earlier))
                await ApplyToNamedAsync(earlier, cancellationToken);
        }
        if (customer.HasCredits)
            await SetOffAsync(document, cancellationToken);
        return null;
    }

    public static bool IsCorrection(Invoice document) =>
        document.Document is { PrecedingInvoice: not null }
        && document.Document is { Kind: InvoiceKind.CreditNote } or { IsCorrection: true };

    /// <summary>The corrected invoice that came before the invoice that it replaces; null for none.</summary>
    public async Task<InvoiceId?> FindReplacementAsync(InvoiceId id, string number, CancellationToken cancellationToken)
    {
        foreach (var correction in await lookup.FindCorrectionsAsync(number, cancellationToken))
        {
            if (
                await receivables.ReadInvoiceAsync(correction, cancellationToken)
                    is { Value: { Document.IsCorrection: true, Closed: null or { As: ClosedAs.Settled } } found }
                && found.Id.Customer == id.Customer
                && found.Id != id
            )
                return found.Id;
        }
        return null;
    }

    private async Task<string?> ApplyToNamedAsync(Invoice document, CancellationToken cancellationToken)
    {
        var number = document.Document.PrecedingInvoice!;
        List<Invoice> named = [];
        foreach (var id in await lookup.FindReferenceAsync(number, cancellationToken))
        {
            // The number of a void invoice may have been issued again. An invoice that was replaced leads to the
            // corrected one.
            if (
                await ReadAsync(id, document, cancellationToken)
                    is { Document.Kind: InvoiceKind.Invoice, Closed: null or { As: not ClosedAs.Void } } found
                && !named.Exists(other => other.Id == found.Id)
            )
                named.Add(found);
        }
        switch (named)
        {
            case []:
                return $"#/precedingInvoice: this customer has no invoice '{number}' yet; it is applied when that "
                    + "arrives";
            case [var only]:
                await ApplyAsync(document, only.Id, cancellationToken);
                return null;
            default:
                await AskPersonAsync(document.Id, cancellationToken);
                return $"#/precedingInvoice: this customer has {named.Count} invoices '{number}'; a person decides";
        }
    }

    /// <summary>
    /// It is not clear which invoice is meant: a corrected invoice waits, so that two invoices for one debt are not
    /// demanded.
    /// </summary>
    private Task AskPersonAsync(InvoiceId id, CancellationToken cancellationToken) =>
        transactions.RunAsync(
            id.Customer,
            () => receivables.ReadInvoiceAsync(id, cancellationToken),
            InvoiceReplacement.AskPerson,
            cancellationToken
        );

    /// <returns>Null for another customer's document, and for the document itself.</returns>
    private async Task<Invoice?> ReadAsync(InvoiceId id, Invoice document, CancellationToken cancellationToken) =>
        await posting.ReadCurrentAsync(id, cancellationToken) is { Value: var found }
        && found.Id.Customer == document.Id.Customer
        && found.Id != document.Id
            ? found
            : null;

    private async Task ApplyAsync(Invoice document, InvoiceId invoice, CancellationToken cancellationToken)
    {
        if (document.Document.Kind is InvoiceKind.CreditNote)
            await posting.PostAsync(
                invoice,
                DocumentCredit.Of(
                    document,
                    await posting.FindCreditAsync(invoice, document.Id, cancellationToken),
                    CreditNote.Amount(document)
                ),
                cancellationToken
            );
        else
            await transactions.RunAsync(
                invoice.Customer,
                () => ReadPairAsync(invoice, document.Id, cancellationToken),
                (pair, now) => InvoiceReplacement.Decide(new DunningContext(pair.Customer, rules, now), pair),
                cancellationToken
            );
    }

    private async Task<ReplacedPair?> ReadPairAsync(
        InvoiceId original,
        InvoiceId correction,
        CancellationToken cancellationToken
    )
    {
        // The invoices are read before their ledgers: every ledger write replaces its invoice.
        if (
            await posting.ReadCurrentAsync(original, cancellationToken) is not { } replaced
            || replaced.Value.Id == correction
            || await receivables.ReadInvoiceAsync(correction, cancellationToken) is not { } replacement
            || await receivables.ReadAsync(correction.Customer, cancellationToken) is not { } account
        )
            return null;
        return new ReplacedPair(
            account.Customer.Value,
            replaced,
            replacement,
            await receivables.ReadLedgerAsync(replaced.Value.Id, cancellationToken),
            await receivables.ReadLedgerAsync(correction, cancellationToken)
        );
    }

    /// <summary>
    /// Sets off credit notes that name no invoice against the customer's open invoices: the invoice that fell due first
    /// is lowered first. Money paid in advance always is set off, other credits where the policy says so.
    /// </summary>
    private async Task SetOffAsync(Invoice document, CancellationToken cancellationToken)
    {
        var customer = document.Id.Customer;
        var all = rules.Policies.Of(document).NetCredits;
        // What was set off stays booked when the credit is voided or lowered afterwards: a person decides.
        if (
            await receivables.ReadInvoiceAsync(document.Id, cancellationToken) is { Value: var stored }
            && CreditSetOff.IsOverdrawn(stored)
        )
            await AskPersonAsync(document.Id, cancellationToken);
        await foreach (var credit in receivables.FindCreditsAsync(customer, onlyRetainers: !all, cancellationToken))
        {
            await transactions.RepeatAsync(
                customer,
                () => ReadSetOffAsync(credit, cancellationToken),
                (facts, now) => CreditSetOff.Decide(facts, rules, now).Transaction,
                cancellationToken
            );
        }
    }

    private async Task<SetOffFacts?> ReadSetOffAsync(InvoiceId creditId, CancellationToken cancellationToken)
    {
        if (
            await receivables.ReadInvoiceAsync(creditId, cancellationToken) is not { } credit
            || await receivables.ReadAsync(creditId.Customer, cancellationToken) is not { } account
            || CreditSetOff.NextInvoice(account, credit.Value) is not { } invoice
        )
            return null;
        var ledger = await receivables.ReadLedgerAsync(invoice.Value.Id, cancellationToken);
        return new SetOffFacts(credit, new PaidInvoice(invoice, account, ledger));
    }
}
