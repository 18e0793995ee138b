using Dunning.Documents;
using Dunning.Http.Validation;
using Dunning.Invoices.Formats;
using Dunning.Payments.Ledger;
using Dunning.Policies;
using Dunning.PolicyVersions;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Invoices;

/// <summary>
/// Stores a document. Sending the same version again changes nothing, however often it is sent.
/// </summary>
public sealed class InvoiceIntake(
    ReceivablesTable receivables,
    Lookup lookup,
    CustomerTransactions transactions,
    PolicyUpdates policies,
    Corrections corrections,
    DocumentStore documents,
    DunningRules rules,
    Queues queues,
    TimeProvider clock
)
{
    public Task<(IntakeDecision? Intake, IReadOnlyList<FieldProblem> Problems)> AcceptAsync(
        InvoiceDocument document,
        CancellationToken cancellationToken
    ) => AcceptAsync(document, preview: null, cancellationToken);

    /// <summary>Decides, but writes nothing.</summary>
    /// <param name="preview">What the documents before would have stored; the document is added.</param>
    internal Task<(IntakeDecision? Intake, IReadOnlyList<FieldProblem> Problems)> PreviewAsync(
        InvoiceDocument document,
        IntakePreview preview,
        CancellationToken cancellationToken
    ) => AcceptAsync(document, preview, cancellationToken);

    private async Task<(IntakeDecision? Intake, IReadOnlyList<FieldProblem> Problems)> AcceptAsync(
        InvoiceDocument document,
        IntakePreview? preview,
        CancellationToken cancellationToken
    )
    {
        // An import may run for minutes.
        await policies.RefreshAsync(cancellationToken);
        if (document.Dunning?.Policy is { } policy && !rules.Policies.Has(policy))
            return (
                null,
                [
                    new(
                        "#/dunning/policy",
                        "unknown_policy",
                        $"There is no policy '{policy}'; name one of GET /api/policies, or omit the field for "
                            + "the default."
                    ),
                ]
            );
        var (match, account) = await FindCustomerAsync(document, preview, cancellationToken);
        var ownId = InvoiceId.Create(match.CustomerId, document.Source, document.ExternalId);
        var id = preview is not null
            ? await lookup.FindExternalIdAsync(document.Source, document.ExternalId, cancellationToken) ?? ownId
            : await lookup.ClaimExternalIdAsync(document.Source, document.ExternalId, ownId, cancellationToken);

        IntakeDecision? intake = null;
        FieldProblem? problem = null;
        await CustomerTransactions.RetryAsync(
            id.Customer,
            async () =>
            {
                var stored = await WithBehaviourAsync(
                    await ReadAsync(id, document.Number, account, preview, cancellationToken),
                    cancellationToken
                );
                account = null;
                problem = FindConflict(document, match, stored);
                if (problem is not null)
                    return true;
                var awaiting = await FindWaitingPaymentsAsync(document, cancellationToken);
                (intake, problem) = Decide(document, match, stored, awaiting);
                if (problem is not null || intake!.Outcome is IntakeOutcome.IgnoredStale)
                    return true;
                if (preview is not null)
                {
                    preview.Add(stored.Account, intake, new DunningContext(intake.Customer, rules, clock.GetUtcNow()));
                    return true;
                }
                await AddLookupsAsync(document, stored, intake, cancellationToken);
                await FetchFilesAsync(intake.Invoice, cancellationToken);
                if (intake.Transaction is not { } transaction)
                    return true;
                await StoreFilesAsync(document, intake.Invoice, cancellationToken);
                return await transactions.TryCommitAsync(transaction, cancellationToken);
            }
        );
        if (problem is not null)
            return (null, [problem]);
        if (preview is null && intake!.Outcome is not IntakeOutcome.IgnoredStale)
            intake = await CompleteAsync(document, intake, cancellationToken);
        return (intake, []);
    }

    /// <returns>Whose invoice it is, and that customer's rows; null for a new one.</returns>
    private async Task<(CustomerMatch Match, CustomerAccount? Account)> FindCustomerAsync(
        InvoiceDocument document,
        IntakePreview? preview,
        CancellationToken cancellationToken
    )
    {
        var sent = document.Customer;
        var nameKey = Ids.NameKey(document.Source, sent.Name);
        var match = CustomerMatch.Decide(
            document.Source,
            sent,
            sent.ExternalId is null ? await FindNamesakesAsync(nameKey, cancellationToken) : []
        );
        var account = await ReadAccountAsync(match.CustomerId, preview, cancellationToken);
        return (match.FollowMerge(account?.Customer.Value.Merge?.Into ?? account?.Id ?? match.CustomerId), account);
    }

    /// <summary>Reads all that the customer has paid only where a policy depends on it.</summary>
    private async Task<StoredInvoice> WithBehaviourAsync(StoredInvoice stored, CancellationToken cancellationToken) =>
        rules.Policies.DependsOnBehaviour && stored is { Known: null, Account: { } account }
            ? stored with
            {
                Behaviour = PayerBehaviour.Of(
                    new DunningContext(account.Customer.Value, rules, clock.GetUtcNow()),
                    await receivables.ReadHistoryAsync(account.Id, account.Invoices, cancellationToken)
                ),
            }
            : stored;

    private static FieldProblem? FindConflict(InvoiceDocument document, CustomerMatch match, StoredInvoice stored)
    {
        var sent = document.Customer;
        if (
            stored.Id.Customer != match.CustomerId
            && stored.Account is { } account
            && IsAnother(account.Customer.Value, document.Source, sent)
        )
            return new(
                "#/customer",
                "customer_changed",
                "The stored invoice belongs to another customer; void it and send it under a new externalId."
            );
        return
            stored.Known?.Value.Document.AmountDue.Currency is { } currency && currency != document.AmountDue.Currency
            ? new(
                "#/currency",
                "currency_changed",
                $"The stored invoice is in {currency}; void it and send it under a new externalId."
            )
            : null;
    }

    private (IntakeDecision? Intake, FieldProblem? Problem) Decide(
        InvoiceDocument document,
        CustomerMatch match,
        StoredInvoice stored,
        IReadOnlyList<WaitingPayment> awaiting
    )
    {
        var now = clock.GetUtcNow();
        var intake = IntakeDecision.Decide(
            document,
            stored with
            {
                AwaitingPayments = [.. awaiting.Select(payment => payment.DeliveryId)],
                Match = match,
            },
            rules,
            now
        );
        if (
            document.Dunning?.PausedUntil is not { } until
            || PauseRule.Check("#/dunning/pausedUntil", until, rules.Today(intake.Customer, now)) is not { } pause
        )
            return (intake, null);
        // An error for a new invoice, a warning for a stored one: a source may keep sending a pause that has ended.
        return stored.Known is null
            ? (null, pause)
            : (
                intake with
                {
                    Warnings = [.. intake.Warnings, $"{pause.Pointer}: {pause.Detail}; it has no effect"],
                },
                null
            );
    }

    /// <summary>Written before the invoice, so that what is stored can be found.</summary>
    private async Task AddLookupsAsync(
        InvoiceDocument document,
        StoredInvoice stored,
        IntakeDecision intake,
        CancellationToken cancellationToken
    )
    {
        var sent = document.Customer;
        var id = stored.Id;
        var references = Lookup.ReferencesOf(document.Number, document.ExternalId, intake.Invoice.Document.Bank);
        foreach (var reference in references)
            await lookup.AddReferenceAsync(reference, id, cancellationToken);
        if (stored.Known?.Value.Document.Bank?.ReferenceKey is { } replaced && !references.Contains(replaced))
            await lookup.DeleteReferenceAsync(replaced, id, cancellationToken);
        if (
            document.PrecedingInvoice is { } preceding
            && (document.Kind is InvoiceKind.CreditNote || document.IsCorrection is true)
        )
            await lookup.AddCorrectionAsync(preceding, id, cancellationToken);
        if (stored.Account?.Customer.Value.NameKey is { } former && former != intake.Customer.NameKey)
            await lookup.DeleteNameAsync(former, id.Customer, cancellationToken);
        // An update of an erased invoice stores no personal data.
        if (stored.Known?.Value.ErasedAt is not null)
            return;
        await lookup.AddNameAsync(Ids.NameKey(document.Source, sent.Name), id.Customer, cancellationToken);
        // Not a number or mailbox that a person replaced.
        foreach (
            var address in sent
                .Contacts.SelectMany(c => new[] { c.Phone, c.Email })
                .Append(sent.Phone)
                .Append(sent.Email)
                .Intersect(intake.Customer.Addresses, MailboxComparer.Instance)
        )
            await lookup.AddAddressAsync(address!, id.Customer, cancellationToken);
    }

    /// <summary>
    /// Before the invoice is stored: a crash loses no file. Also for an unchanged document, whose message may have come
    /// before its invoice.
    /// </summary>
    private async Task FetchFilesAsync(Invoice invoice, CancellationToken cancellationToken)
    {
        foreach (var file in invoice.SupportingDocuments.Where(file => file.IsPending))
            await queues.SendAsync(
                Queues.Documents,
                new DocumentToFetch(invoice.Id.Customer, invoice.Id.Invoice, file.Url!),
                DocumentToFetch.Delay,
                cancellationToken
            );
    }

    /// <summary>What is inside the document, before the invoice names it; an erased invoice names none.</summary>
    private async Task StoreFilesAsync(InvoiceDocument document, Invoice invoice, CancellationToken cancellationToken)
    {
        foreach (var sent in document.Documents?.Where(file => file.Sha256 is not null) ?? [])
        {
            if (
                invoice.SupportingDocuments.FirstOrDefault(file => file.Sha256 == sent.Sha256) is { BlobName: { } blob }
            )
                await documents.SaveAsync(blob, sent.Content, sent.ContentType!, cancellationToken);
        }
    }

    /// <summary>Also for an unchanged document: an earlier attempt may have stopped after its commit.</summary>
    private async Task<IntakeDecision> CompleteAsync(
        InvoiceDocument document,
        IntakeDecision intake,
        CancellationToken cancellationToken
    )
    {
        var id = intake.Invoice.Id;
        if (await corrections.ApplyAsync(intake.Customer, intake.Invoice, cancellationToken) is { } warning)
            intake = intake with { Warnings = [.. intake.Warnings, warning] };
        // A new address or time zone may change the next steps of other invoices.
        await transactions.RepeatAsync(id.Customer, StepRecalculation.Decide, cancellationToken);
        // Read again: a payment that arrived during the commit has not found the invoice and waits, too.
        await EnqueueWaitingPaymentsAsync(
            id,
            await FindWaitingPaymentsAsync(document, cancellationToken),
            cancellationToken
        );
        return intake;
    }

    /// <param name="Reference">The reference or provider's id under which it waits.</param>
    private sealed record WaitingPayment(string Reference, string Endpoint, string DeliveryId);

    private async Task<IReadOnlyList<Customer>> FindNamesakesAsync(string nameKey, CancellationToken cancellationToken)
    {
        List<Customer> namesakes = [];
        foreach (var id in await lookup.FindNameAsync(nameKey, cancellationToken))
        {
            // A row of the index may name a customer who has another name by now, or none.
            if (
                (await receivables.ReadAsync(id, cancellationToken))?.Customer.Value is { } known
                && known.NameKey == nameKey
            )
                namesakes.Add(known);
        }
        return [.. namesakes.DistinctBy(known => known.Id)];
    }

    /// <summary>
    /// The rows of the invoice's customer, and the invoice if it is known. While the customer is merged into another
    /// one, an invoice that is not there, or not any more, belongs to the other one.
    /// </summary>
    /// <param name="account">The rows of a customer that were read already.</param>
    private async Task<StoredInvoice> ReadAsync(
        InvoiceId id,
        string number,
        CustomerAccount? account,
        IntakePreview? preview,
        CancellationToken cancellationToken
    )
    {
        if (account?.Id != id.Customer)
            account = await ReadAccountAsync(id.Customer, preview, cancellationToken);
        id = id with { Customer = account?.Id ?? id.Customer };
        var known = account?.Invoice(id.Invoice) ?? await receivables.ReadClosedAsync(id, cancellationToken);
        return known is null && account?.Customer.Value.Merge is { } merge
            ? await ReadAsync(id with { Customer = merge.Into }, number, account: null, preview, cancellationToken)
            : new StoredInvoice(id, account, known)
            {
                ReplacedBy = known is null
                    ? await corrections.FindReplacementAsync(id, number, cancellationToken)
                    : known.Value.Closed?.ReplacedBy,
            };
    }

    private async Task<CustomerAccount?> ReadAccountAsync(
        CustomerId id,
        IntakePreview? preview,
        CancellationToken cancellationToken
    ) => preview?.Find(id) ?? await receivables.ReadAsync(id, cancellationToken);

    /// <summary>
    /// Another customer is one with another external id or, if neither has one, another name. A new address alone is a
    /// correction. An erased customer has no data to compare with, and the update stores none.
    /// </summary>
    private static bool IsAnother(Customer known, string source, CustomerDocument sent) =>
        known.ErasedAt is null
        && (
            sent.ExternalId is not null || known.ExternalId is not null
                ? sent.ExternalId != known.ExternalId
                // A person may have corrected the name.
                : known.NameKey != Ids.NameKey(source, sent.Name)
                    && !string.Equals(sent.Name.Trim(), known.Name.Trim(), StringComparison.OrdinalIgnoreCase)
        );

    private async Task<IReadOnlyList<WaitingPayment>> FindWaitingPaymentsAsync(
        InvoiceDocument document,
        CancellationToken cancellationToken
    )
    {
        List<WaitingPayment> awaiting = [];
        foreach (var reference in Lookup.ReferencesOf(document.Number, document.ExternalId, document.Payment))
            awaiting.AddRange(
                (await lookup.FindAwaitingAsync(reference, cancellationToken)).Select(a => new WaitingPayment(
                    reference,
                    a.Endpoint,
                    a.DeliveryId
                ))
            );
        return awaiting;
    }

    /// <summary>Enqueues payments that arrived before their invoice.</summary>
    private async Task EnqueueWaitingPaymentsAsync(
        InvoiceId invoice,
        IReadOnlyList<WaitingPayment> awaiting,
        CancellationToken cancellationToken
    )
    {
        foreach (var (reference, endpoint, deliveryId) in awaiting)
        {
            await queues.SendAsync(
                Queues.PaymentsReceived,
                new PaymentReceived(endpoint, deliveryId, Invoice: invoice),
                TimeSpan.Zero,
                cancellationToken
            );
            await lookup.DeleteAwaitingAsync(reference, deliveryId, cancellationToken);
        }
    }
}
