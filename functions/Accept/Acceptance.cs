using System.Globalization;
using Dunning.Book;
using Dunning.Http;
using Dunning.Plan;
using Dunning.Settle;

namespace Dunning.Accept;

/// <summary>Brings a document into the book: once for every version of it, whatever the number of times it is sent.</summary>
public sealed class Acceptance(BookTable book, Lookup lookup, Rulebook rules, Queues queues, TimeProvider clock)
{
    private const int Tries = 20;

    /// <param name="dryRun">Decides and writes nothing.</param>
    public async Task<(Intake? Intake, IReadOnlyList<FieldProblem> Problems)> AcceptAsync(InvoiceDocument document, bool dryRun, CancellationToken cancel)
    {
        if (document.Dunning?.Policy is { } policy && !rules.Policies.Has(policy))
            return (null, [new("#/dunning/policy", "unknown_policy", $"There is no policy '{policy}' here; leave the field out for the default.")]);
        var sent = document.Customer;
        var customerId = Ids.OfCustomer(document.Source, sent.ExternalId, sent.Email, sent.Phone, sent.Name);
        var ownId = InvoiceId.Of(customerId, document.Source, document.ExternalId);
        var id = dryRun
            ? await lookup.FindExternalIdAsync(document.Source, document.ExternalId, cancel) ?? ownId
            : await lookup.ClaimExternalIdAsync(document.Source, document.ExternalId, ownId, cancel);
        if (id.Customer != customerId && sent.ExternalId is not null && await BelongsToAnotherAsync(id, sent.ExternalId, cancel))
            return (null, [new("#/customer/externalId", "customer_changed", "The invoice belongs to another customer here; void it and send it under a new externalId.")]);

        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var intake = Intake.Decide(
                document, id, await book.ReadAsync(id.Customer, cancel), await book.ReadInvoiceAsync(id, cancel), rules, clock.GetUtcNow());
            if (dryRun || intake.Move is null)
                return (intake, []);
            foreach (var reference in new[] { document.Number, document.ExternalId }.Distinct())
                await lookup.AddReferenceAsync(reference, id, cancel);
            if (!await book.TryCommitAsync(intake.Move, cancel))
                continue;
            await RescheduleAsync(id.Customer, cancel);
            await WakePaymentsAsync(document, cancel);
            return (intake, []);
        }
        throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"Invoice {id} kept changing through {Tries} tries to accept it."));
    }

    private async Task<bool> BelongsToAnotherAsync(InvoiceId id, string customerExternalId, CancellationToken cancel) =>
        (await book.ReadAsync(id.Customer, cancel))?.Customer.Value.ExternalId is { } other && other != customerExternalId;

    /// <summary>What the document told of the customer (an address at last, another zone) may change the steps of the customer's other invoices.</summary>
    private async Task RescheduleAsync(string customerId, CancellationToken cancel)
    {
        while (await book.ReadAsync(customerId, cancel) is { } rows && Rescheduling.Decide(rows, rules, clock.GetUtcNow()) is { } move)
            await book.TryCommitAsync(move, cancel);
    }

    /// <summary>Payments that came before their invoice.</summary>
    private async Task WakePaymentsAsync(InvoiceDocument document, CancellationToken cancel)
    {
        foreach (var reference in new[] { document.Number, document.ExternalId }.Distinct())
        {
            foreach (var (endpoint, delivery) in await lookup.FindAwaitingAsync(reference, cancel))
                await queues.SendAsync(Queues.PaymentsReceived, new PaymentReceived(endpoint, delivery), TimeSpan.Zero, cancel);
        }
    }
}
