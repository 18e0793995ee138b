using Dunning.Book;
using Dunning.Plan;
using Microsoft.Extensions.Logging;

namespace Dunning.Notify;

/// <summary>
/// The way of every message, whatever its channel: fence, draft, claim, send, outcome. Claim and outcome are one transaction each. A process
/// that dies between them leaves the notice <see cref="NoticeState.Sending"/>: later the provider is asked what became of it. What the provider
/// cannot tell is in doubt: listed, never sent again by itself.
/// </summary>
public sealed class NoticeDelivery(BookTable book, Rulebook rules, Queues queues, TimeProvider clock, ILogger<NoticeDelivery> log)
{
    private const int Tries = 10;

    /// <summary>Within a day "never heard of it" means what it says; how much longer a provider remembers, none of them promises.</summary>
    private static readonly TimeSpan ProviderMemory = TimeSpan.FromHours(24);

    /// <param name="draft">Writes the message.</param>
    /// <param name="find">
    /// Asks the provider about a message of a dead sender: sent, refused, surely never accepted (<see cref="SendOutcome.RetryLater"/>), or unknown.
    /// </param>
    public async Task DeliverAsync(
        NoticeReady ready, Func<Errand, CancellationToken, Task<Draft>> draft, Func<Notice, Customer, CancellationToken, Task<SendOutcome>> find,
        CancellationToken cancel)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var now = clock.GetUtcNow();
            // Gone: sent or dropped already. Claimed a moment ago: another worker's. Either way this message has nothing to do.
            if (await book.ReadAsync(ready.CustomerId, cancel) is not { } rows || rows.Notice(ready.NoticeId) is not { } notice)
                return;
            if (notice.Value.IsAbandoned(now))
            {
                var found = now - notice.Value.ClaimedAt > ProviderMemory
                    ? new SendOutcome.Unknown("too long ago to ask the provider")
                    : await find(notice.Value, rows.Customer.Value, cancel);
                await ResolveAsync(rows, notice, found);
                return;
            }
            if (notice.Value.State is not NoticeState.Planned)
                return;
            var verdict = Fence.Check(notice.Value, rows, await ReadClosedAsync(rows, notice.Value, cancel), rules, now);
            var done = verdict switch
            {
                { Until: { } until } => await WaitAsync(notice, until, cancel),
                { Invoices.Count: 0 } => await DropAsync(rows, notice, verdict, cancel),
                _ => await SendAsync(rows, notice, verdict, draft, cancel),
            };
            if (done)
                return;
        }
        throw new InvalidOperationException($"Notice {ready.NoticeId} of {ready.CustomerId} kept changing while it was being claimed.");
    }

    /// <summary>Writes down what the provider said of a dead sender's message; one that was never accepted goes out again.</summary>
    private Task ResolveAsync(CustomerBook rows, Stored<Notice> notice, SendOutcome found)
    {
        // What the message named is what it claimed; what has been closed since is known by the notice's own lines.
        var claimed = rows.Invoices.Where(i => i.Value.ClaimedBy == notice.Value.Id).Select(i => i.Value.Id);
        var closed = notice.Value.Lines.Where(l => rows.Invoice(l.InvoiceId) is null).Select(l => new InvoiceId(notice.Value.CustomerId, l.InvoiceId));
        var told = claimed.Concat(closed);
        var asked = new Draft("asked the provider after the sender had stopped", new Dictionary<string, string>(), _ => Task.FromResult(found));
        return RecordAsync(notice with { Value = notice.Value with { Asked = true } }, [.. told], [], asked, found);
    }

    /// <summary>Those of the notice's invoices that are not live any more: what a thank-you is about, and why a reminder is not sent.</summary>
    private async Task<IReadOnlyList<Stored<Invoice>>> ReadClosedAsync(CustomerBook rows, Notice notice, CancellationToken cancel)
    {
        var gone = notice.Lines.Where(l => rows.Invoice(l.InvoiceId) is null);
        var closed = await Task.WhenAll(gone.Select(l => book.ReadClosedAsync(new InvoiceId(notice.CustomerId, l.InvoiceId), cancel)));
        return [.. closed.OfType<Stored<Invoice>>()];
    }

    private async Task<bool> WaitAsync(Stored<Notice> notice, DateTimeOffset until, CancellationToken cancel)
    {
        var move = new Move(notice.Value.CustomerId).Save(notice, notice.Value with { NotBefore = until });
        if (!await book.TryCommitAsync(move, cancel))
            return false;
        await queues.SendAsync(notice.Value, until - clock.GetUtcNow(), cancel);
        return true;
    }

    private async Task<bool> DropAsync(CustomerBook rows, Stored<Notice> notice, Verdict verdict, CancellationToken cancel)
    {
        var move = new Move(notice.Value.CustomerId).Delete(notice);
        TellDropped(move, notice.Value, verdict.Dropped);
        foreach (var (before, after) in StepBack.Of(rows, notice.Value, rules, clock.GetUtcNow()))
            move.Save(before, after);
        var customer = rows.Customer.Value;
        // Nobody was written to, so nothing has to keep its distance from this notice.
        if (customer.LastNotices.GetValueOrDefault(notice.Value.Channel)?.NoticeId == notice.Value.Id)
            move.Save(rows.Customer, customer with { LastNotices = customer.LastNotices.Where(n => n.Key != notice.Value.Channel).ToDictionary() });
        return await book.TryCommitAsync(move, cancel);
    }

    private async Task<bool> SendAsync(
        CustomerBook rows, Stored<Notice> notice, Verdict verdict, Func<Errand, CancellationToken, Task<Draft>> draft, CancellationToken cancel)
    {
        var errand = new Errand(notice.Value, rows.Customer.Value, verdict);
        var message = await draft(errand, cancel);
        if (await ClaimAsync(notice, verdict, cancel) is not { } claimed)
            return false;
        var outcome = await message.SendAsync(cancel);
        // From here on the message may have left: what is known is written down even when the host is stopping.
        await RecordAsync(claimed, [.. verdict.Invoices.Select(i => i.Value.Id)], verdict.Dropped, message, outcome);
        return true;
    }

    private async Task<Stored<Notice>?> ClaimAsync(Stored<Notice> notice, Verdict verdict, CancellationToken cancel)
    {
        var claim = Guid.NewGuid().ToString("N");
        var move = new Move(notice.Value.CustomerId)
            .Save(notice, notice.Value with { State = NoticeState.Sending, Claim = claim, ClaimedAt = clock.GetUtcNow() });
        foreach (var invoice in verdict.Invoices)
            move.Save(invoice, invoice.Value with { ClaimedBy = notice.Value.Id });
        var committed = await book.TryCommitAsync(move, cancel);
        // When the answer to a claim is lost, the retry is refused by our own success: the claim's own mark tells the two apart.
        var now = (await book.ReadAsync(notice.Value.CustomerId, cancel))?.Notice(notice.Value.Id);
        return now?.Value.Claim == claim ? now
            : committed ? throw new InvalidOperationException($"The claim of notice {notice.Value.Id} has vanished.")
            : null;
    }

    private async Task RecordAsync(
        Stored<Notice> claimed, IReadOnlyList<InvoiceId> told, IReadOnlyList<Dropped> dropped, Draft message, SendOutcome outcome)
    {
        var notice = claimed.Value;
        for (var attempt = 0; !await book.TryCommitAsync(Outcome(claimed, told, dropped, message, outcome), CancellationToken.None); attempt++)
        {
            // As long as the claim is ours, what is known is written, whoever has touched the row.
            if (await StillClaimedAsync(notice, outcome) is not { } again)
                break;
            if (attempt == Tries)
                throw new InvalidOperationException($"Notice {notice.Id} of {notice.CustomerId} changed while it was being sent: it is in doubt.");
            claimed = again with { Value = notice };
        }
        if (outcome is SendOutcome.Unknown)
            log.LogWarning("Notice {Notice} of {Customer} by {Channel} is in doubt", notice.Id, notice.CustomerId, notice.Channel);
        else if (outcome is SendOutcome.Rejected)
            log.LogWarning("Notice {Notice} of {Customer} was refused by the {Channel} provider", notice.Id, notice.CustomerId, notice.Channel);
        if (outcome is SendOutcome.RetryLater later)
            await queues.SendAsync(notice, Delay(notice, later), CancellationToken.None);
        if (outcome is SendOutcome.Rejected { AddressIsDead: true })
            await BuryAddressAsync(notice);
    }

    private Move Outcome(
        Stored<Notice> claimed, IReadOnlyList<InvoiceId> told, IReadOnlyList<Dropped> dropped, Draft message, SendOutcome outcome)
    {
        var now = clock.GetUtcNow();
        var notice = claimed.Value;
        var move = new Move(notice.CustomerId);
        if (outcome is SendOutcome.RetryLater later)
            move.Save(claimed, notice with { State = NoticeState.Planned, Claim = null, Doubt = null, Asked = false, NotBefore = now + Delay(notice, later), Delays = notice.Delays + 1 });
        else if (outcome is SendOutcome.Unknown doubt)
            move.Save(claimed, notice with { Doubt = doubt.Reason });
        else
            move.Delete(claimed);

        var details = Details(notice).Concat(message.Details).Concat(outcome.Details).DistinctBy(d => d.Key).ToDictionary();
        // A provider that is down for hours is told of once.
        if (outcome is not SendOutcome.RetryLater || notice.Delays == 0)
            told.ToList().ForEach(invoice => move.Tell(invoice, new(now, Kind(outcome), What(outcome, notice, message), details)));
        if (outcome is not SendOutcome.RetryLater)
            TellDropped(move, notice, dropped);
        return move;
    }

    private static EventKind Kind(SendOutcome outcome) => outcome switch
    {
        SendOutcome.Sent => EventKind.Sent,
        SendOutcome.Rejected => EventKind.Rejected,
        SendOutcome.RetryLater => EventKind.Postponed,
        _ => EventKind.InDoubt,
    };

    private static string What(SendOutcome outcome, Notice notice, Draft message) => outcome switch
    {
        SendOutcome.Sent => $"Sent by {Name(notice)}: {message.Summary}",
        SendOutcome.Rejected no => $"Refused by the {Name(notice)} provider: {no.Reason}",
        SendOutcome.RetryLater later => $"Tried later by {Name(notice)}: {later.Reason}",
        SendOutcome.Unknown unknown => $"May or may not have been sent by {Name(notice)}: {unknown.Reason}",
        _ => throw new InvalidOperationException($"{outcome} is no outcome."),
    };

    /// <summary>Null when a refused outcome was written after all, and only the answer was lost.</summary>
    private async Task<Stored<Notice>?> StillClaimedAsync(Notice notice, SendOutcome outcome)
    {
        var left = (await book.ReadAsync(notice.CustomerId, CancellationToken.None))?.Notice(notice.Id);
        var isWritten = outcome is SendOutcome.Unknown unknown && (left?.Value.Doubt, left?.Value.Asked) == (unknown.Reason, notice.Asked);
        return left?.Value.Claim == notice.Claim && !isWritten ? left : null;
    }

    private void TellDropped(Move move, Notice notice, IReadOnlyList<Dropped> dropped)
    {
        foreach (var (invoice, reason) in dropped)
            move.Tell(new InvoiceId(notice.CustomerId, invoice), new(clock.GetUtcNow(), EventKind.NotSent, $"Not sent by {Name(notice)}: {reason}", Details(notice)));
    }

    /// <summary>The address that a provider refused for good is not used again; the next step takes another channel.</summary>
    private async Task BuryAddressAsync(Notice notice)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            if ((await book.ReadAsync(notice.CustomerId, CancellationToken.None))?.Customer is not { } customer)
                return;
            var address = notice.Channel is Channel.Sms ? customer.Value.PhoneNumber : customer.Value.EmailAddress;
            if (notice.Channel is Channel.Escalation || address is null)
                return;
            var without = customer.Value with { DeadAddresses = [.. customer.Value.DeadAddresses, address] };
            if (await book.TryCommitAsync(new Move(notice.CustomerId).Save(customer, without), CancellationToken.None))
                return;
        }
    }

    /// <summary>What the provider asks for the first time; after that, or if it asks for nothing, five minutes that double up to some hours.</summary>
    private static TimeSpan Delay(Notice notice, SendOutcome.RetryLater later)
    {
        var doubling = TimeSpan.FromMinutes(5) * Math.Pow(2, Math.Min(notice.Delays, 6));
        return later.After is not { } asked ? doubling : notice.Delays > 0 && asked < doubling ? doubling : asked;
    }

    private static Dictionary<string, string> Details(Notice notice) => new() { ["notice"] = notice.Id, ["channel"] = Name(notice) };

    private static string Name(Notice notice) => notice.Channel.ToString().ToLowerInvariant();
}
