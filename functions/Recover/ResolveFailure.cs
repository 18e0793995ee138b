using System.Globalization;
using System.Text.Json;
using Dunning.Book;
using Dunning.Http;
using Dunning.Settle;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Recover;

/// <summary>
/// <c>POST /api/manage/recover/{id}/replay</c> puts a poisoned message back into its queue once its cause is gone; a message that is no longer true
/// does no harm, because every receiver looks at the book first. <c>/discard</c> throws it away together with what it was to do: a planned notice
/// is not sent, a payment is left for a person to record.
/// </summary>
public sealed class ResolveFailure(Failures failures, BookTable book, Queues queues, TimeProvider clock)
{
    private const int Tries = 10;

    [Function("ReplayFailure")]
    public Task<IResult> Replay(
        [HttpTrigger(AuthorizationLevel.Admin, "post", Route = "manage/recover/{id}/replay")] HttpRequest request, string id, CancellationToken cancel) =>
        ResolveAsync(request, id, DecisionKind.Replayed, cancel);

    [Function("DiscardFailure")]
    public Task<IResult> Discard(
        [HttpTrigger(AuthorizationLevel.Admin, "post", Route = "manage/recover/{id}/discard")] HttpRequest request, string id, CancellationToken cancel) =>
        ResolveAsync(request, id, DecisionKind.Discarded, cancel);

    private async Task<IResult> ResolveAsync(HttpRequest request, string id, DecisionKind kind, CancellationToken cancel)
    {
        var (decision, refusal) = await DecisionReading.ReadAsync(request, kind, clock.GetUtcNow(), cancel);
        try
        {
            return refusal ?? await ResolveAsync(id, decision!, cancel);
        }
        catch (JsonException)
        {
            return ResolveDoubt.Conflict("A row of the customer cannot be read: it must be mended first.");
        }
    }

    private async Task<Answer> ResolveAsync(string id, Decision decision, CancellationToken cancel)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            if (await failures.FindAsync(id, cancel) is not { } failure)
                return Answer.NotFound("poisoned message with this id");
            if (failure.Value.PoisonedAt is null)
                return failure.Value.Decisions is [.., var made]
                    ? ResolveDoubt.Decided(id, made, decision)
                    : ResolveDoubt.Conflict("Its queue has not given up on it, or it has gone through since.");
            if (await TellAsync(failure.Value, decision, cancel) is { } other)
                return ResolveDoubt.Decided(id, other, decision);
            if (!await failures.TryDecideAsync(failure, decision, cancel))
                continue;
            // Should this be lost, the timers find what it was about: notices as stalled, payments as not applied, scans by the next tick.
            await PassOnAsync(failure.Value, decision, cancel);
            return ResolveDoubt.Decided(id, decision, decision);
        }
        return ResolveDoubt.Conflict("It kept changing.");
    }

    /// <summary>Tells the invoices of a notice, and takes a discarded one out of the outbox.</summary>
    /// <returns>What was decided otherwise before, or null.</returns>
    private async Task<Decision?> TellAsync(Failure failure, Decision decision, CancellationToken cancel)
    {
        if (FailedMessage.NoticeOf(failure) is not { } ready)
            return null;
        var about = string.Create(CultureInfo.InvariantCulture, $"{failure.Id}.{failure.PoisonedAt!.Value.UtcTicks}");
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var rows = await book.ReadAsync(ready.CustomerId, cancel);
            if (await book.ReadDecisionAsync(ready.CustomerId, about, cancel) is { } made)
                return made.Kind == decision.Kind ? null : made;
            if (rows?.Notice(ready.NoticeId) is not { } notice)
                return null;
            if (await book.TryCommitAsync(Decide(rows, notice, about, decision), cancel))
                return null;
        }
        throw new InvalidOperationException($"Notice {ready.NoticeId} of {ready.CustomerId} kept changing.");
    }

    private static Move Decide(CustomerBook rows, Stored<Notice> notice, string about, Decision decision)
    {
        var drops = decision.Kind is DecisionKind.Discarded && notice.Value.State is NoticeState.Planned;
        var channel = notice.Value.Channel.ToString().ToLowerInvariant();
        var (kind, what) = drops ? (EventKind.NotSent, $"Not sent by {channel}: discarded")
            : (EventKind.Decided, $"A failed attempt by {channel} was {decision.Kind.ToString().ToLowerInvariant()}");
        var move = new Move(rows.Id).Keep(about, decision);
        foreach (var invoice in rows.InvoicesOf(notice.Value))
            move.Tell(invoice, new(decision.At, kind, $"{what}{decision}", Doubt.Details(notice.Value, decision)));
        return drops ? move.Delete(notice) : move;
    }

    private async Task PassOnAsync(Failure failure, Decision decision, CancellationToken cancel)
    {
        var decided = new Decided(decision.ToString(), decision.At);
        if (FailedMessage.PaymentOf(failure) is { } received)
            await queues.SendAsync(
                Queues.PaymentsReceived, decision.Kind is DecisionKind.Replayed ? received with { Replayed = decided } : received with { Discarded = decided }, TimeSpan.Zero, cancel);
        else if (decision.Kind is DecisionKind.Replayed)
            await queues.SendTextAsync(failure.Queue, failure.Message, TimeSpan.Zero, cancel);
    }
}
