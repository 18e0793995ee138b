using System.Net;
using Dunning.Payments.Webhooks;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Dunning.Recovery;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Payments.Ledger;

/// <summary>
/// Applies a delivery of the inbox to the ledger. Safe to run any number of times: the ledger keys prevent duplicates.
/// </summary>
public sealed class ApplyPayment(
    Inbox inbox,
    EventDetails details,
    PaymentMatch match,
    PaymentPosting posting,
    Failures failures
)
{
    private const int MaxProblemsShown = 20;

    [Function(nameof(ApplyPayment))]
    public async Task Run(
        [QueueTrigger(Queues.PaymentsReceived)] PaymentReceived received,
        CancellationToken cancellationToken
    )
    {
        // A delivery that has been applied is applied again: the message may belong to a mark that was set while the
        // first message was being processed.
        if (await inbox.ReadAsync(received, cancellationToken) is not { } read)
            return;
        var delivery = read.Value;
        // An invoice that arrived after its payment was marked by its own transaction.
        if (received.Invoice is { } awaiting)
            delivery = delivery with { Invoices = [.. delivery.Invoices.Append(awaiting).Distinct()] };
        // What a person has decided about is the person's.
        if (delivery.IsErased || delivery.Decisions is not null)
        {
            await RemoveMarksAsync(delivery, [], cancellationToken);
            return;
        }
        if (received.Decision is { Kind: OperatorDecisionKind.Discarded } discarded)
        {
            await MoveToManualReviewAsync(delivery, discarded, cancellationToken);
            return;
        }
        var problems = new List<string>();
        List<PaymentChange> changes = [];
        foreach (var webhookEvent in PaymentEvents.Read(delivery.Provider, delivery.ToRequest()))
        {
            if (await CompleteAsync(read, webhookEvent, cancellationToken) is not { } paymentEvent)
                return;
            problems.AddRange(await ApplyAsync(delivery, paymentEvent, cancellationToken));
            changes.AddRange(webhookEvent.Changes.Concat(paymentEvent.Changes));
        }
        // The marks are removed only when the whole delivery is applied or left to a person: until then no reminder may
        // be sent for its invoices.
        var invoices = await RemoveMarksAsync(
            delivery,
            changes,
            cancellationToken,
            received.Decision is { } replayed ? EventOf(replayed) : null
        );
        delivery = delivery with { Invoices = [.. invoices] };
        await inbox.LinkAsync(delivery, cancellationToken);
        if (problems.Count == 0)
            await inbox.FinishAsync(delivery, cancellationToken);
        else
            await inbox.MoveToManualReviewAsync(delivery, Summary([.. problems.Distinct()]), cancellationToken);
        // Checked after the link is written: an erasure that starts later finds the delivery by the link.
        if (await posting.IsAnyErasedAsync(invoices, cancellationToken))
            await inbox.ForgetAsync(delivery.Message, cancellationToken);
        await failures.MarkResolvedAsync(Queues.PaymentsReceived, received, cancellationToken);
    }

    private async Task MoveToManualReviewAsync(
        WebhookDelivery delivery,
        OperatorDecision discarded,
        CancellationToken cancellationToken
    )
    {
        if (!await inbox.MoveToManualReviewAsync(delivery, $"discarded{discarded}", cancellationToken))
            return;
        await RemoveMarksAsync(
            delivery,
            PaymentEvents
                .Read(delivery.Provider, delivery.ToRequest())
                .SelectMany(webhookEvent => webhookEvent.Changes),
            cancellationToken,
            EventOf(discarded)
        );
    }

    private static InvoiceEvent EventOf(OperatorDecision made) =>
        new(made.At, EventKind.Decided)
        {
            Reason = EventReason.UnappliedPayment,
            Decision = made.Kind,
            By = made.By,
            Text = made.Note,
        };

    /// <returns>
    /// Null while the provider rejects the endpoint's token. The delivery is then listed for manual review and retried
    /// until the token is corrected; its invoices keep their marks.
    /// </returns>
    private async Task<PaymentEvent?> CompleteAsync(
        Versioned<WebhookDelivery> read,
        PaymentEvent webhookEvent,
        CancellationToken cancellationToken
    )
    {
        var delivery = read.Value;
        try
        {
            return await details.CompleteAsync(delivery, webhookEvent, cancellationToken);
        }
        catch (HttpRequestException exception)
            when (exception.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            await inbox.PostponeAsync(
                read,
                delivery with
                {
                    Problem =
                        $"{delivery.Provider} rejects the ApiToken ({(int)exception.StatusCode}): set a valid token; "
                        + "the payment is then applied automatically",
                },
                cancellationToken
            );
            return null;
        }
    }

    private async Task<IReadOnlyList<string>> ApplyAsync(
        WebhookDelivery delivery,
        PaymentEvent paymentEvent,
        CancellationToken cancellationToken
    )
    {
        if (paymentEvent.Problem is { } problem)
            return [problem];
        var provider = PaymentMatch.LedgerNameOf(delivery.Provider, delivery.Endpoint);
        List<string> problems = [];
        foreach (var change in paymentEvent.Changes)
        {
            if (await match.IsAssignedAsync(provider, change, cancellationToken))
                continue;
            var (invoice, whyUnmatched) = await match.FindOrAwaitAsync(delivery, change, cancellationToken);
            if (invoice is not { } id)
            {
                problems.Add(whyUnmatched!);
                continue;
            }
            await match.RememberAsync(provider, change, id, cancellationToken);
            if (
                await posting.PostAsync(
                    id,
                    new SourcedPaymentChange(provider, paymentEvent, change),
                    cancellationToken
                ) is
                { } manualReviewReason
            )
                problems.Add(manualReviewReason);
        }
        return problems;
    }

    /// <summary>
    /// Removes the delivery's marks whatever the outcome. A change that could not be fetched, that is test money, or
    /// that names two invoices because a second one arrived later, must not stop reminders for ever.
    /// </summary>
    /// <returns>The invoices that the changes name, and those that the delivery marked.</returns>
    private async Task<IReadOnlyCollection<InvoiceId>> RemoveMarksAsync(
        WebhookDelivery delivery,
        IEnumerable<PaymentChange> changes,
        CancellationToken cancellationToken,
        InvoiceEvent? invoiceEvent = null
    )
    {
        var provider = PaymentMatch.LedgerNameOf(delivery.Provider, delivery.Endpoint);
        HashSet<InvoiceId> invoices = [.. delivery.Invoices];
        foreach (var change in changes)
            invoices.UnionWith(await match.NamedByAsync(provider, change, cancellationToken));
        foreach (var invoice in invoices)
            await posting.RemoveMarkAsync(invoice, delivery.Id, cancellationToken, invoiceEvent);
        return invoices;
    }

    /// <summary>Shortened, because the text must fit into a table row.</summary>
    private static string Summary(IReadOnlyList<string> problems) =>
        string.Join("; ", problems.Take(MaxProblemsShown))
        + (problems.Count > MaxProblemsShown ? $"; and {problems.Count - MaxProblemsShown} more" : "");
}
