using Dunning.Http;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Microsoft.AspNetCore.Http;

namespace Dunning.FollowUps;

/// <summary>What a person did about a follow-up, as a transaction. Pure.</summary>
/// <param name="Transaction">Null when it was done before, or has a route of its own.</param>
internal sealed record FollowUpDecision(CustomerTransaction? Transaction) : IDecision
{
    /// <summary>The kind, where it is resolved by another route.</summary>
    public FollowUpKind? OtherRoute { get; private init; }

    public static FollowUpDecision OfInvoice(
        Versioned<Invoice> invoice,
        string id,
        FollowUpDone done,
        DateTimeOffset now
    )
    {
        var before = invoice.Value;
        if (before.FollowUps.FirstOrDefault(open => open.Id == id) is not { } followUp)
            return new FollowUpDecision(Transaction: null)
            {
                OtherRoute = before.WaitingFollowUps.FirstOrDefault(open => open.Id == id)?.Kind,
            };
        IEnumerable<OpenFollowUp> kept = done.Until is { } until ? [followUp with { Due = Midnight(until) }] : [];
        var after = before with { FollowUps = [.. before.FollowUps.Where(open => open.Id != id), .. kept] };
        return new FollowUpDecision(
            new CustomerTransaction(before.Id.Customer)
                .Save(invoice, after)
                .AddEvent(
                    before.Id,
                    new(now, EventKind.FollowUpDone)
                    {
                        FollowUp = followUp.Kind,
                        Step = followUp.Step,
                        Date = done.Until,
                        By = done.By,
                        Text = done.Result,
                    }
                )
        );
    }

    /// <returns>Null when the customer has no such note.</returns>
    public static FollowUpDecision? OfNote(
        DunningContext context,
        CustomerAccount account,
        string id,
        FollowUpDone done
    )
    {
        if (context.Customer.Notes.FirstOrDefault(note => note.Id == id) is not { } before)
            return null;
        if (before.Done is not null)
            return new FollowUpDecision(Transaction: null);
        var after = done.Until is { } until
            ? before with
            {
                FollowUpOn = until,
            }
            : before with
            {
                Done = new NoteDone(context.Now, done.By) { Result = done.Result },
            };
        var customer = context.Customer.WithChange(context.Now, done.By, CustomerField.Notes) with
        {
            Notes = [.. context.Customer.Notes.Select(note => note.Id == id ? after : note)],
        };
        return new FollowUpDecision(new CustomerTransaction(account.Id).Save(account.Customer, customer));
    }

    /// <param name="account">Null when it is not known whose reply it is.</param>
    public static FollowUpDecision OfReply(
        CustomerId customer,
        CustomerAccount? account,
        Versioned<Reply> reply,
        FollowUpDone done,
        DateTimeOffset now
    )
    {
        if (!reply.Value.IsOpen)
            return new FollowUpDecision(Transaction: null);
        var transaction = new CustomerTransaction(customer);
        return new FollowUpDecision(
            done.Until is { } until
                ? transaction.Save(reply, reply.Value with { Due = Midnight(until) })
                : transaction.Complete(account, [reply], new NoteDone(now, done.By) { Result = done.Result })
        );
    }

    public ApiResult Answer(string id) =>
        OtherRoute is { } kind
            ? ApiResult.Problem(
                StatusCodes.Status409Conflict,
                "other-route",
                FollowUpDone.InvalidTitle,
                $"A follow-up of the kind '{kind}' is resolved by the request that the list names in 'resolve'."
            )
            : ApiResult.Ok(new { Id = id, Changed = Transaction is not null });

    private static DateTimeOffset Midnight(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);
}
