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
    /// <summary>
    /// After a fee come its own two rows, the invoice with its agenda, the customer, and a fallback with an event of
    /// each line.
    /// </summary>
    private const int MaxRowsBeforeFee = CustomerTransaction.MaxRows - 20;

    /// <returns>Null when the report changes nothing.</returns>
    public static CustomerTransaction? Decide(
        DunningContext context,
        CustomerAccount account,
        ReportedMessage reported,
        DeliveryReport report
    )
    {
        var (_, rules, now) = context;
        var message = reported.Message;
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
        var isDead = report.Status is DeliveryStatus.Dead;
        if (isDead)
            customer =
                notice.Channel is Channel.Letter
                    ? customer with
                    {
                        ReturnedAddress = address,
                    }
                    : customer.Without(address, report.IsLandline);
        var isLost = address == notice.To[0] && report.Status is not DeliveryStatus.Delivered;
        var fallback =
            isLost && isDead
                ? FallbackNotice.Find(context with { Customer = customer }, notice, account, reported.Others)
                : null;
        if (isLost)
            TakeBack(transaction, context, account, reported, fallback);
        foreach (var line in fallback?.Lines ?? [])
            transaction.AddEvent(new InvoiceId(account.Id, line.InvoiceId), CreateEvent(fallback!, line, now));
        // Without an account manager a follow-up has no recipient; the event is written all the same.
        if (fallback is { Tone: NoticeTone.FollowUp } && ContactChannels.AccountManagers(customer, rules).Count == 0)
            fallback = null;
        if (fallback is not null)
            customer = customer.WithReminder(fallback, context.Today);
        SaveCustomer();
        return fallback is null ? transaction : transaction.Save(before: null, fallback);

        CustomerTransaction SaveCustomer() =>
            customer == account.Customer.Value ? transaction : transaction.Save(account.Customer, customer);
    }

    /// <summary>
    /// What the message told and announced was not told, the customer was not reminded, and a fee for the reminder is
    /// not owed. Without another address, a person is asked.
    /// </summary>
    private static void TakeBack(
        CustomerTransaction transaction,
        DunningContext context,
        CustomerAccount account,
        ReportedMessage reported,
        Notice? fallback
    )
    {
        var (message, now) = (reported.Message.Value, context.Now);
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
            List<InvoiceEvent> events =
                taken.Agreements != invoice.Value.Agreements
                    ? [new(now, EventKind.TaskForPerson) { Reason = EventReason.PlanNotConfirmed }]
                    : [];
            // Others are only named along: all together would be more than one transaction holds.
            var line = message.Notice.Lines.FirstOrDefault(line => line.InvoiceId == invoice.Value.Id.Invoice);
            if (
                message.Notice.IsReminder
                && line is not null
                && !FallbackNotice.IsCovered(line, message.Notice, account, reported.Others)
            )
            {
                taken = taken.NotRemindedOn(message.DoneOn ?? context.DayOf(message.At));
                // A fallback in writing says what is owed with the fee.
                if (fallback is not { IsReminder: true, Channel: Channel.Email or Channel.Letter })
                    foreach (var fee in reported.Fees.Where(fee => fee.Value.InvoiceId == invoice.Value.Id.Invoice))
                        taken = Waive(transaction, context, taken, fee, events);
            }
            if (
                fallback is { IsReminder: true }
                && fallback.Channel.IsByPerson()
                && fallback.Lines.Any(of => of.InvoiceId == invoice.Value.Id.Invoice)
            )
                taken = taken.Awaiting(fallback.Id);
            // The event is written with those of the other lines.
            if (invoice.Value.Id.Invoice == unreached)
                taken = taken.Asking(new(now, EventKind.TaskForPerson) { Reason = EventReason.NoAddressLeft });
            if (taken != invoice.Value)
                transaction.Save(invoice, taken, events);
        }
    }

    /// <summary>
    /// A person decides where nothing but the fee is asked for, and where the transaction is full.
    /// </summary>
    private static Invoice Waive(
        CustomerTransaction transaction,
        DunningContext context,
        Invoice invoice,
        Versioned<LedgerEntry> fee,
        List<InvoiceEvent> events
    )
    {
        var amount = fee.Value.Amount;
        var waived = invoice.WithoutCharge(amount);
        if (!waived.UndisputedAmount.IsPositive || transaction.RowCount > MaxRowsBeforeFee)
            return invoice;
        var entry = fee.Value with { Amount = Money.Zero(amount.Currency), Revision = fee.Value.Revision + 1 };
        transaction.Save(fee, entry);
        events.Add(
            new(context.Now, EventKind.ChargeWaived)
            {
                Reason = EventReason.ReminderNotDelivered,
                Provider = entry.Provider,
                Entry = entry,
                Amount = amount,
                Owed = waived.OpenAmount,
            }
        );
        return Schedule.Recalculate(context, waived);
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
            By = report.By,
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

    /// <summary>The reminder fees that the plan charged and that are still asked for.</summary>
    public IReadOnlyList<Versioned<LedgerEntry>> Fees { get; init; } = [];
}
