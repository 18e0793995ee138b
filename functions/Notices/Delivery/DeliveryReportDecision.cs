using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Notices.Delivery;

/// <summary>
/// What a delivery report changes: the delivery status of the message, an event on each invoice that it named, and for
/// a dead address the customer's addresses and a fallback notice.
/// </summary>
internal static class DeliveryReportDecision
{
    /// <returns>Null when the report changes nothing.</returns>
    public static CustomerTransaction? Decide(
        DunningContext context,
        CustomerAccount account,
        ReportedMessage reported,
        DeliveryReport report
    )
    {
        var (_, rules, now) = context;
        var (message, others) = reported;
        var notice = message.Value.Notice;
        var customer = account.Customer.Value;
        // Nothing is written about an erased customer; the erasure deletes the message's row, too.
        if (customer.ErasedAt is not null)
            return null;
        if (message.Value.Find(report.Address) is not { } address || message.Value.Statuses.ContainsKey(address))
            return null;
        var statuses = new Dictionary<string, DeliveryStatus>(message.Value.Statuses) { [address] = report.Status };
        var transaction = new CustomerTransaction(account.Id).Save(message, message.Value with { Statuses = statuses });
        foreach (var invoice in message.Value.InvoiceIds)
            transaction.AddEvent(new InvoiceId(account.Id, invoice), CreateEvent(notice, address, report, now));
        if (report.Status is not DeliveryStatus.Delivered && reported.Answered is { } reply)
            customer = transaction.Reopen(customer, reply, notice.Id);
        if (report.Status is not DeliveryStatus.Dead)
            return SaveCustomer();

        customer = customer.Without(address);
        var fallback =
            address == notice.To[0]
                ? FallbackNotice.Find(context with { Customer = customer }, notice, account, others)
                : null;
        if (address == notice.To[0])
            TakeBack(transaction, account, message.Value, fallback, now);
        foreach (var line in fallback?.Lines ?? [])
            transaction.AddEvent(new InvoiceId(account.Id, line.InvoiceId), CreateEvent(fallback!, line, now));
        // Without an account manager a follow-up has no recipient; the event is written all the same.
        if (fallback is { Tone: NoticeTone.FollowUp } && ContactChannels.AccountManagers(customer, rules).Count == 0)
            fallback = null;
        if (fallback is { IsReminder: true })
            customer = customer with
            {
                LastNotices = new Dictionary<Channel, LastNotice>(customer.LastNotices)
                {
                    [fallback.Channel] = new(fallback.Id, rules.Today(customer, now), fallback.Tone),
                },
            };
        SaveCustomer();
        return fallback is null ? transaction : transaction.Save(before: null, fallback);

        CustomerTransaction SaveCustomer() =>
            customer == account.Customer.Value ? transaction : transaction.Save(account.Customer, customer);
    }

    /// <summary>
    /// A plan or a raised amount that the message told of was not told. Without another address, a person is asked.
    /// </summary>
    private static void TakeBack(
        CustomerTransaction transaction,
        CustomerAccount account,
        SentMessage message,
        Notice? fallback,
        DateTimeOffset now
    )
    {
        var unreached = fallback is { Tone: NoticeTone.FollowUp } ? fallback.Lines[0].InvoiceId : null;
        foreach (
            var invoice in message
                .InvoiceIds.Append(unreached)
                .OfType<string>()
                .Distinct()
                .Select(account.Invoice)
                .OfType<Versioned<Invoice>>()
        )
        {
            var taken = invoice.Value.NotDelivered(message.Notice.Id);
            // The event is written with those of the other lines.
            var asking =
                invoice.Value.Id.Invoice == unreached
                    ? taken.Asking(new(now, EventKind.TaskForPerson) { Reason = EventReason.NoAddressLeft })
                    : taken;
            if (asking == invoice.Value)
                continue;
            IReadOnlyList<InvoiceEvent> events =
                taken.Agreements != invoice.Value.Agreements
                    ? [new(now, EventKind.TaskForPerson) { Reason = EventReason.PlanNotConfirmed }]
                    : [];
            transaction.Save(invoice, asking, events);
        }
    }

    private static InvoiceEvent CreateEvent(Notice notice, string address, DeliveryReport report, DateTimeOffset now)
    {
        var isDelivered = report.Status is DeliveryStatus.Delivered;
        return new(now, isDelivered ? EventKind.Delivered : EventKind.NotDelivered)
        {
            Reason = report.Status is DeliveryStatus.Dead ? EventReason.AddressDead : null,
            Notice = notice.Id,
            Channels = [notice.Channel],
            Message = new MessageEvidence { To = [address] },
            Text = isDelivered ? null : report.Reason,
        };
    }

    private static InvoiceEvent CreateEvent(Notice fallback, NoticeLine line, DateTimeOffset now) =>
        fallback.IsReminder
            ? new(now, EventKind.Planned)
            {
                Reason = EventReason.AddressReplaced,
                Step = line.Step,
                Channels = [fallback.Channel],
            }
            : new(now, EventKind.TaskForPerson) { Reason = EventReason.NoAddressLeft };
}

/// <param name="Others">The other messages of the same day's plan that were given to a provider.</param>
internal sealed record ReportedMessage(Versioned<SentMessage> Message, IReadOnlyList<SentMessage> Others)
{
    /// <summary>The reply that the message answers; null for any other message.</summary>
    public Versioned<Reply>? Answered { get; init; }
}
