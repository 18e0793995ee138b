using Dunning.Http.Validation;
using Dunning.Invoices.Formats;
using Dunning.Payments.Ledger;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Invoices;

/// <summary>
/// Stores a document. Sending the same version again changes nothing, however often it is sent.
/// </summary>
public sealed class InvoiceIntake(
    ReceivablesTable receivables,
    Lookup lookup,
    DunningRules rules,
    Queues queues,
    TimeProvider clock
)
{
    private const int MaxAttempts = 20;

    /// <param name="dryRun">Decide, but write nothing.</param>
    public async Task<(IntakeDecision? Intake, IReadOnlyList<FieldProblem> Problems)> AcceptAsync(
        InvoiceDocument document,
        bool dryRun,
        CancellationToken cancellationToken
    )
    {
        if (document.Dunning?.Policy is { } policy && !rules.Policies.Has(policy))
            return (
                null,
                [
                    new(
                        "#/dunning/policy",
                        "unknown_policy",
                        $"There is no policy '{policy}'; name a policy of policies.json, or omit the field for "
                            + "the default."
                    ),
                ]
            );
        var sent = document.Customer;
        var nameKey = Ids.NameKey(document.Source, sent.Name);
        var match = CustomerMatch.Decide(
            document.Source,
            sent,
            sent.ExternalId is null ? await FindNamesakesAsync(nameKey, cancellationToken) : []
        );
        var account = await receivables.ReadAsync(match.CustomerId, cancellationToken);
        match = match.FollowMerge(account?.Customer.Value.Merge?.Into ?? account?.Id ?? match.CustomerId);
        var ownId = InvoiceId.Create(match.CustomerId, document.Source, document.ExternalId);
        var id = dryRun
            ? await lookup.FindExternalIdAsync(document.Source, document.ExternalId, cancellationToken) ?? ownId
            : await lookup.ClaimExternalIdAsync(document.Source, document.ExternalId, ownId, cancellationToken);

        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            (account, var known) = await ReadAsync(id, attempt == 0 ? account : null, cancellationToken);
            id = id with { Customer = account?.Id ?? id.Customer };
            if (id.Customer != match.CustomerId && account is not null && IsAnother(account.Customer.Value, sent))
                return (
                    null,
                    [
                        new(
                            "#/customer",
                            "customer_changed",
                            "The stored invoice belongs to another customer; void it and send it under a new "
                                + "externalId."
                        ),
                    ]
                );
            if (known is not null && known.Value.AmountDue.Currency != document.AmountDue.Currency)
                return (
                    null,
                    [
                        new(
                            "#/currency",
                            "currency_changed",
                            $"The stored invoice is in {known.Value.AmountDue.Currency}; void it and send it under a "
                                + "new externalId."
                        ),
                    ]
                );
            var awaiting = await FindWaitingPaymentsAsync(document, cancellationToken);
            var now = clock.GetUtcNow();
            var intake = IntakeDecision.Decide(
                document,
                id,
                account,
                known,
                [.. awaiting.Select(a => a.DeliveryId)],
                rules,
                now,
                match
            );
            // An error for a new invoice, a warning for a stored one: a source may keep sending a pause that has ended.
            if (
                document.Dunning?.PausedUntil is { } until
                && PauseRule.Check("#/dunning/pausedUntil", until, rules.Today(intake.Customer, now)) is { } pause
            )
            {
                if (known is null)
                    return (null, [pause]);
                intake = intake with
                {
                    Warnings = [.. intake.Warnings, $"{pause.Pointer}: {pause.Detail}; it has no effect"],
                };
            }
            if (dryRun || intake.Outcome is IntakeOutcome.IgnoredStale)
                return (intake, []);
            foreach (var reference in References(document))
                await lookup.AddReferenceAsync(reference, id, cancellationToken);
            if (account?.Customer.Value.NameKey is { } former && former != intake.Customer.NameKey)
                await lookup.DeleteNameAsync(former, id.Customer, cancellationToken);
            // An update of an erased invoice stores no personal data.
            if (known?.Value.ErasedAt is null)
            {
                await lookup.AddNameAsync(nameKey, id.Customer, cancellationToken);
                foreach (
                    var phone in sent.Contacts.Select(c => c.Phone).Prepend(sent.Phone).OfType<string>().Distinct()
                )
                    await lookup.AddPhoneAsync(phone, id.Customer, cancellationToken);
            }
            if (
                intake.Transaction is not null
                && !await receivables.TryCommitAsync(intake.Transaction, cancellationToken)
            )
                continue;
            if (intake.Thanks is { } thanks)
                await queues.SendAsync(thanks, thanks.NotBefore - clock.GetUtcNow(), cancellationToken);
            // A new address or time zone may change the next steps of other invoices. Also for an unchanged document:
            // an earlier attempt may have stopped after its commit.
            await receivables.RescheduleAsync(id.Customer, rules, clock, cancellationToken);
            // Read again: a payment that arrived during the commit has not found the invoice and waits, too.
            await EnqueueWaitingPaymentsAsync(
                id,
                await FindWaitingPaymentsAsync(document, cancellationToken),
                cancellationToken
            );
            return (intake, []);
        }
        throw new InvalidOperationException($"Invoice {id} kept changing during {MaxAttempts} attempts to accept it.");
    }

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
    private async Task<(CustomerAccount? Account, Versioned<Invoice>? Known)> ReadAsync(
        InvoiceId id,
        CustomerAccount? account,
        CancellationToken cancellationToken
    )
    {
        if (account?.Id != id.Customer)
            account = await receivables.ReadAsync(id.Customer, cancellationToken);
        id = id with { Customer = account?.Id ?? id.Customer };
        var known = account?.Invoice(id.Invoice) ?? await receivables.ReadClosedAsync(id, cancellationToken);
        return known is null && account?.Customer.Value.Merge is { } merge
            ? await ReadAsync(id with { Customer = merge.Into }, account: null, cancellationToken)
            : (account, known);
    }

    /// <summary>
    /// Another customer is one with another external id or, if neither has one, another name. A new address alone is a
    /// correction. An erased customer has no data to compare with, and the update stores none.
    /// </summary>
    private static bool IsAnother(Customer known, CustomerDocument sent) =>
        known.ErasedAt is null
        && (
            sent.ExternalId is not null || known.ExternalId is not null
                ? sent.ExternalId != known.ExternalId
                : !string.Equals(sent.Name.Trim(), known.Name.Trim(), StringComparison.OrdinalIgnoreCase)
        );

    private async Task<IReadOnlyList<(string Reference, string Endpoint, string DeliveryId)>> FindWaitingPaymentsAsync(
        InvoiceDocument document,
        CancellationToken cancellationToken
    )
    {
        List<(string, string, string)> awaiting = [];
        foreach (var reference in References(document))
            awaiting.AddRange(
                (await lookup.FindAwaitingAsync(reference, cancellationToken)).Select(a =>
                    (reference, a.Endpoint, a.DeliveryId)
                )
            );
        return awaiting;
    }

    /// <summary>Enqueues payments that arrived before their invoice.</summary>
    private async Task EnqueueWaitingPaymentsAsync(
        InvoiceId invoice,
        IReadOnlyList<(string Reference, string Endpoint, string DeliveryId)> awaiting,
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

    private static IEnumerable<string> References(InvoiceDocument document) =>
        new[] { document.Number, document.ExternalId }.Distinct();
}
