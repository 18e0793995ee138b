using System.Net;
using Dunning.Payments.Webhooks;
using Dunning.Receivables;
using Dunning.Recovery;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Payments.Ledger;

/// <summary>
/// Applies an event of the inbox to the ledger. Safe to run any number of times: the ledger's keys are the duplicate
/// guard.
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
    public Task Run(
        [QueueTrigger(Queues.PaymentsReceived)] PaymentReceived received,
        CancellationToken cancellationToken
    ) => failures.WatchAsync(Queues.PaymentsReceived, received, () => ApplyAsync(received, cancellationToken));

    private async Task ApplyAsync(PaymentReceived received, CancellationToken cancellationToken)
    {
        // A delivery that is done is applied again: its message may follow a mark that was set while the first was at
        // work.
        if (await inbox.ReadAsync(received, cancellationToken) is not { } delivery)
            return;
        if (delivery.IsErased)
        {
            foreach (
                var invoice in received.Invoice is { } waiting ? delivery.Invoices.Append(waiting) : delivery.Invoices
            )
                await posting.RemoveMarkAsync(invoice, delivery.Id, cancellationToken);
            return;
        }
        if (received.Discarded is { } discarded)
        {
            await MoveToManualReviewAsync(delivery, discarded, cancellationToken);
            return;
        }
        var problems = new List<string>();
        List<PaymentChange> facts = [];
        foreach (var announced in PaymentEvents.Read(delivery.Provider, delivery.ToRequest()))
        {
            if (await ReadAsync(delivery, announced, cancellationToken) is not { } paymentEvent)
                return;
            problems.AddRange(await ApplyAsync(delivery, paymentEvent, cancellationToken));
            facts.AddRange(announced.Facts.Concat(paymentEvent.Facts));
        }
        // Only when all of the delivery is applied, or a person's business, may its invoices be asked for again.
        var named = await ForgetAsync(
            delivery,
            facts,
            cancellationToken,
            received.Replayed is { } replayed
                ? new(
                    replayed.At,
                    EventKind.Decided,
                    $"A payment that could not be applied was tried again{replayed.Text}"
                )
                : null
        );
        delivery = delivery with { Invoices = [.. named] };
        await inbox.LinkAsync(delivery, cancellationToken);
        if (problems.Count == 0)
            await inbox.FinishAsync(delivery, cancellationToken);
        else
            await inbox.MoveToManualReviewAsync(delivery, Summary([.. problems.Distinct()]), cancellationToken);
        // Looked at after the link is written: whoever erases later finds it there.
        if (await posting.IsAnyErasedAsync(named, cancellationToken))
            await inbox.ForgetAsync(delivery.Message, cancellationToken);
        await failures.MarkResolvedAsync(Queues.PaymentsReceived, received, cancellationToken);
    }

    private async Task MoveToManualReviewAsync(
        WebhookDelivery delivery,
        PaymentDecision discarded,
        CancellationToken cancellationToken
    )
    {
        if (!await inbox.MoveToManualReviewAsync(delivery, $"discarded{discarded.Text}", cancellationToken))
            return;
        var invoiceEvent = new InvoiceEvent(
            discarded.At,
            EventKind.Decided,
            $"A payment that could not be applied was discarded{discarded.Text}"
        );
        await ForgetAsync(
            delivery,
            PaymentEvents.Read(delivery.Provider, delivery.ToRequest()).SelectMany(announced => announced.Facts),
            cancellationToken,
            invoiceEvent
        );
    }

    /// <summary>
    /// Null while the provider refuses our token: the delivery is shown to a person and waits, its invoices marked,
    /// until it is mended.
    /// </summary>
    private async Task<PaymentEvent?> ReadAsync(
        WebhookDelivery delivery,
        PaymentEvent announced,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await details.CompleteAsync(delivery, announced, cancellationToken);
        }
        catch (HttpRequestException refused)
            when (refused.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            await inbox.PostponeAsync(
                delivery with
                {
                    Problem =
                        $"{delivery.Provider} refuses our ApiToken ({(int)refused.StatusCode}): set a valid one, "
                        + "and this is applied by itself",
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
        foreach (var fact in paymentEvent.Facts)
        {
            var (invoice, unmatched) = await match.FindOrAwaitAsync(delivery, fact, cancellationToken);
            if (invoice is not { } id)
            {
                problems.Add(unmatched!);
                continue;
            }
            await match.RememberAsync(provider, fact, id, cancellationToken);
            if (
                await posting.PostAsync(
                    id,
                    new SourcedPaymentChange(provider, paymentEvent, fact),
                    seen: null,
                    cancellationToken
                ) is
                { } parked
            )
                problems.Add(parked);
        }
        return problems;
    }

    /// <summary>
    /// Whatever became of the facts: one that could not be fetched, was test money, or names two invoices since a
    /// second one came in, must not hold any of them for ever.
    /// </summary>
    /// <returns>The invoices that the facts name.</returns>
    private async Task<IReadOnlyCollection<InvoiceId>> ForgetAsync(
        WebhookDelivery delivery,
        IEnumerable<PaymentChange> facts,
        CancellationToken cancellationToken,
        InvoiceEvent? invoiceEvent = null
    )
    {
        var provider = PaymentMatch.LedgerNameOf(delivery.Provider, delivery.Endpoint);
        HashSet<InvoiceId> named = [];
        foreach (var fact in facts)
            named.UnionWith(await match.NamedByAsync(provider, fact, cancellationToken));
        foreach (var invoice in named)
            await posting.RemoveMarkAsync(invoice, delivery.Id, cancellationToken, invoiceEvent);
        return named;
    }

    /// <summary>For a person: a row holds only so much.</summary>
    private static string Summary(IReadOnlyList<string> problems) =>
        string.Join("; ", problems.Take(MaxProblemsShown))
        + (problems.Count > MaxProblemsShown ? $"; and {problems.Count - MaxProblemsShown} more" : "");
}
