using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Notices.Delivery;

/// <summary>
/// What a delivery report changes in the receivables table: the word on the message, an event of each invoice it named,
/// a dead address, the step's detour.
/// </summary>
internal static class DeliveryReportDecision
{
    /// <param name="others">What else was handed to a provider for the same day's plan.</param>
    /// <returns>Null when the report is no news.</returns>
    public static PlannedChange? Decide(
        Versioned<SentMessage> handover,
        CustomerAccount account,
        IReadOnlyList<SentMessage> others,
        DeliveryReport report,
        DunningRules rules,
        DateTimeOffset now
    )
    {
        var lost = handover.Value.Notice;
        // What is erased does not come back; the row itself goes a moment later.
        if (account.Customer.Value.ErasedAt is not null)
            return null;
        if (handover.Value.Find(report.Address) is not { } address || handover.Value.Statuses.ContainsKey(address))
            return null;
        var arrivals = new Dictionary<string, DeliveryStatus>(handover.Value.Statuses) { [address] = report.Status };
        var transaction = new CustomerTransaction(account.Id).Save(
            handover,
            handover.Value with
            {
                Statuses = arrivals,
            }
        );
        foreach (var invoice in handover.Value.InvoiceIds)
            transaction.AddEvent(new InvoiceId(account.Id, invoice), CreateEvent(lost, address, report, now));
        if (report.Status is not DeliveryStatus.Dead)
            return new PlannedChange(transaction, []);

        var customer = account.Customer.Value.Without(address);
        var reduced = account with { Customer = account.Customer with { Value = customer } };
        var detour = address == lost.To[0] ? FallbackNotice.Find(lost, reduced, others, rules, now) : null;
        foreach (var line in detour?.Lines ?? [])
            transaction.AddEvent(new InvoiceId(account.Id, line.InvoiceId), CreateEvent(detour!, line, now));
        // A task needs somebody to read it; the event is there in any case.
        if (detour is { Tone: NoticeTone.FollowUp } && ContactChannels.Owners(customer, rules).Count == 0)
            detour = null;
        if (detour is { IsReminder: true })
            customer = customer with
            {
                LastNotices = new Dictionary<Channel, LastNotice>(customer.LastNotices)
                {
                    [detour.Channel] = new(detour.Id, rules.Today(customer, now), detour.Tone),
                },
            };
        if (customer != account.Customer.Value)
            transaction.Save(account.Customer, customer);
        return detour is null
            ? new PlannedChange(transaction, [])
            : new PlannedChange(transaction.Save(before: null, detour), [detour]);
    }

    private static InvoiceEvent CreateEvent(Notice notice, string address, DeliveryReport report, DateTimeOffset now)
    {
        var details = new Dictionary<string, string> { ["notice"] = notice.Id, ["to"] = address };
        var by = notice.Channel.ToString().ToLowerInvariant();
        return report.Status is DeliveryStatus.Delivered
            ? new(now, EventKind.Delivered, $"Delivered by {by}", details)
            : new(
                now,
                EventKind.NotDelivered,
                $"Not delivered by {by}: {report.Reason}"
                    + $"{(report.Status is DeliveryStatus.Dead ? "; the address is not used any more" : "")}",
                details
            );
    }

    private static InvoiceEvent CreateEvent(Notice detour, NoticeLine line, DateTimeOffset now) =>
        detour.IsReminder
            ? new(
                now,
                EventKind.Planned,
                $"Step '{line.Step}': the reminder goes out by {detour.Channel.ToString().ToLowerInvariant()} instead"
            )
            : new(now, EventKind.TaskForPerson, detour.FollowUp!);
}
