using Dunning.Configuration;
using Dunning.FollowUps;
using Dunning.Notices.Delivery;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Calls;

/// <summary>The calls that are due, with all that a person needs on the phone; for the API and for a page.</summary>
public sealed class CallList(
    FollowUpList followUps,
    ReceivablesTable receivables,
    DunningRules rules,
    CreditorOptions creditor,
    TimeProvider clock
)
{
    private const int MaxEvents = 12;
    private const int MaxNotes = 5;

    /// <summary>A conversation, not every scan.</summary>
    private static readonly EventKind[] _told =
    [
        EventKind.Sent,
        EventKind.NotDelivered,
        EventKind.Rejected,
        EventKind.Replied,
        EventKind.Answered,
        EventKind.Promised,
        EventKind.PromiseBroken,
        EventKind.PromiseWithdrawn,
        EventKind.Disputed,
        EventKind.Paid,
        EventKind.PaymentClaimed,
        EventKind.PlanBroken,
        EventKind.FollowUpDone,
        EventKind.OptedOut,
    ];

    /// <returns>The calls of one page, and where the next one begins.</returns>
    internal async Task<(IReadOnlyList<CallItem> Calls, string? Continuation)> ReadAsync(
        string? continuation,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var page = await followUps.ReadAsync(
            new FollowUpQuery(continuation, limit) { Kind = FollowUpKind.Call },
            cancellationToken
        );
        List<CallItem> calls = [];
        foreach (var waiting in page.Items.Select(item => item.Waiting).OfType<WaitingNotice>())
        {
            if (await DescribeAsync(waiting.Account, waiting.Notice, cancellationToken) is { } call)
                calls.Add(call);
        }
        return ([.. calls.OrderBy(call => call.BestUntil).ThenBy(call => call.Since)], page.Continuation);
    }

    /// <param name="id">See <see cref="CustomerNoticeId"/>.</param>
    /// <returns>Null for a call that does not wait any more.</returns>
    internal async Task<CallItem?> FindAsync(string id, CancellationToken cancellationToken) =>
        CustomerNoticeId.Parse(id) is { } call
        && await receivables.ReadAsync(call.Customer, cancellationToken) is { } account
        && account.Notice(call.Notice) is { Value: { Channel: Channel.Call } notice }
            ? await DescribeAsync(account, notice, cancellationToken)
            : null;

    /// <returns>Null when nothing is demanded by it any more.</returns>
    private async Task<CallItem?> DescribeAsync(
        CustomerAccount account,
        Notice notice,
        CancellationToken cancellationToken
    )
    {
        var context = new DunningContext(account.Customer.Value, rules, clock.GetUtcNow());
        var check = PreSendCheck.Reminder(context, notice, account, closed: []);
        var events = await Task.WhenAll(
            check.NamedIn(notice).Select(invoice => receivables.ReadEventsAsync(invoice.Value.Id, cancellationToken))
        );
        return check.IsDropped ? null : Describe(context, notice, check, [.. events.SelectMany(e => e)]);
    }

    private CallItem Describe(
        DunningContext context,
        Notice notice,
        PreSendResult check,
        IReadOnlyList<InvoiceEvent> events
    )
    {
        var customer = context.Customer;
        var opens = SendWindow.From(context, Channel.Call);
        opens = opens > notice.NotBefore ? opens : notice.NotBefore;
        var before = events
            .Where(e => _told.Contains(e.Kind))
            .OrderBy(e => e.At)
            // One message names many invoices.
            .DistinctBy(e => (e.Kind, e.Notice?.Value ?? e.At.ToString("O")))
            .ToList();
        return new CallItem(
            CustomerNoticeId.Of(notice),
            customer.Id,
            customer.Name,
            customer.Greet,
            customer.CallNumber,
            rules.ZoneOf(customer).Id,
            notice.PlannedAt
        )
        {
            Language = customer.Locale ?? creditor.Language,
            BestFrom = opens,
            BestUntil = SendWindow.End(context, Channel.Call, opens),
            Script = ScriptOf(context, notice, check),
            Invoices =
            [
                .. check.Invoices.Select(invoice => new CalledInvoice(
                    invoice.Value.Id,
                    invoice.Value.Document.Number,
                    invoice.Value.DueDate,
                    Math.Max(0, context.Today.DayNumber - invoice.Value.DueDate.DayNumber),
                    invoice.Value.UndisputedAmount
                )),
            ],
            TalkingPoints = TalkingPoint.Of(context, check, before),
            Before = [.. before.AsEnumerable().Reverse().Take(MaxEvents)],
            Notes = [.. customer.Notes.Take(MaxNotes)],
        };
    }

    private static string? ScriptOf(DunningContext context, Notice notice, PreSendResult check) =>
        (
            from line in notice.Lines
            from invoice in check.Invoices
            where invoice.Value.Id.Invoice == line.InvoiceId
            select context.PolicyOf(invoice.Value).Find(line.Step)?.FollowUp
        ).FirstOrDefault(script => script is not null);
}
