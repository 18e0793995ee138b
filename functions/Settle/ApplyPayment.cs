using Dunning.Book;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Settle;

/// <summary>Applies an event of the inbox to the ledger. Safe to run any number of times: the ledger's keys are the duplicate guard.</summary>
public sealed class ApplyPayment(Inbox inbox, EventDetails details, PaymentMatch match, PaymentPosting posting, Failures failures)
{
    [Function(nameof(ApplyPayment))]
    public Task Run([QueueTrigger(Queues.PaymentsReceived)] PaymentReceived received, CancellationToken cancel) =>
        failures.WatchAsync(Queues.PaymentsReceived, received, () => ApplyAsync(received, cancel));

    private async Task ApplyAsync(PaymentReceived received, CancellationToken cancel)
    {
        // A delivery that is done is applied again: its message may follow a mark that was set while the first was at work.
        if (await inbox.ReadAsync(received, cancel) is not { } delivery)
            return;
        if (delivery.IsForgotten)
        {
            await EndAsync(delivery, delivery.Invoices, cancel);
            return;
        }
        if (received.Discarded is { } discarded)
        {
            await LeaveAsync(delivery, discarded, cancel);
            return;
        }
        var problems = new List<string>();
        HashSet<InvoiceId> applied = [];
        foreach (var announced in PaymentEvents.Read(delivery.Provider, delivery.ToRequest()))
        {
            var happened = await details.CompleteAsync(delivery, announced, cancel);
            problems.AddRange(await ApplyAsync(delivery, happened, applied, cancel));
            if (happened.Problem is not null || !details.Counts(delivery, happened))
                await ForgetAsync(delivery, announced, cancel);
        }
        await EndAsync(delivery, applied, cancel);
        delivery = delivery with { Invoices = [.. applied] };
        await inbox.LinkAsync(delivery, cancel);
        if (problems.Count == 0)
            await inbox.FinishAsync(delivery, cancel);
        else
            await inbox.ParkAsync(delivery, string.Join("; ", problems.Distinct()), cancel);
        // Looked at after the link is written: whoever erases later finds it there.
        if (await posting.IsAnyErasedAsync(applied, cancel))
            await inbox.ForgetAsync(delivery.Message, cancel);
        await failures.MendAsync(Queues.PaymentsReceived, received, cancel);
    }

    /// <summary>Only when all of the delivery is applied may its invoices be asked for again.</summary>
    private async Task EndAsync(Delivery delivery, IEnumerable<InvoiceId> invoices, CancellationToken cancel)
    {
        foreach (var invoice in invoices)
            await posting.ForgetSeenAsync(invoice, delivery.Id, cancel);
    }

    private async Task LeaveAsync(Delivery delivery, Discarded discarded, CancellationToken cancel)
    {
        if (!await inbox.ParkAsync(delivery, $"discarded{discarded.Words}", cancel))
            return;
        var told = new InvoiceEvent(discarded.At, EventKind.Decided, $"A payment that could not be applied was discarded{discarded.Words}");
        foreach (var announced in PaymentEvents.Read(delivery.Provider, delivery.ToRequest()))
            await ForgetAsync(delivery, announced, cancel, told);
    }

    private async Task<IReadOnlyList<string>> ApplyAsync(
        Delivery delivery, PaymentEvent happened, HashSet<InvoiceId> applied, CancellationToken cancel)
    {
        if (happened.Problem is { } problem)
            return [problem];
        var provider = PaymentMatch.LedgerNameOf(delivery.Provider, delivery.Endpoint);
        if (!details.Counts(delivery, happened))
            return [];
        List<string> problems = [];
        foreach (var fact in happened.Facts)
        {
            var (invoice, unmatched) = await match.FindOrAwaitAsync(delivery, fact, cancel);
            if (invoice is not { } id)
            {
                problems.Add(unmatched!);
                continue;
            }
            applied.Add(id);
            await match.RememberAsync(provider, fact, id, cancel);
            if (await posting.PostAsync(id, new Fact(provider, happened, fact), seen: null, cancel) is { } parked)
                problems.Add(parked);
        }
        return problems;
    }

    /// <summary>What could not be fetched, or turned out to be test money, must not hold its invoice for ever.</summary>
    private async Task ForgetAsync(Delivery delivery, PaymentEvent announced, CancellationToken cancel, InvoiceEvent? told = null)
    {
        foreach (var fact in announced.Facts)
        {
            if (await match.FindAsync(PaymentMatch.LedgerNameOf(delivery.Provider, delivery.Endpoint), fact, cancel) is { Invoice: { } invoice })
                await posting.ForgetSeenAsync(invoice, delivery.Id, cancel, told);
        }
    }
}
