using Dunning.Receivables;

namespace Dunning.Policies;

/// <summary>
/// Replaces a reminder that could not be delivered because the address is dead: the same step on another address or in
/// the next way to the customer, the same day. No replacement when another message contains the step already; a
/// follow-up when no address is left.
/// </summary>
internal static class FallbackNotice
{
    /// <param name="context">With the address already marked as dead.</param>
    /// <param name="others">The other messages that were sent for the same plan.</param>
    /// <returns>The notice to plan; null when none is needed.</returns>
    public static Notice? Find(
        DunningContext context,
        Notice lost,
        CustomerAccount account,
        IReadOnlyList<SentMessage> others
    )
    {
        if (!lost.IsReminder || lost.Channel is Channel.Escalation)
            return null;
        var uncovered = lost
            .Lines.Where(line => account.Invoice(line.InvoiceId)?.Value.Dunning.Step == line.Step)
            .Where(line => !IsCovered(line, lost, account, others))
            .ToList();
        if (uncovered.Count == 0)
            return null;
        var (customer, rules, now) = context;
        var today = context.Today;
        var ways = ContactChannels.WaysTo(customer, lost.Tone, rules);
        // Another address on the same channel first.
        return ways.OrderBy(way => way != lost.Channel).Where(IsFree).ToList() is [var free, ..]
            ? Plan(free.Name(), free, lost.Tone, OpeningOn(free))
            : Plan("task", Channel.Escalation, NoticeTone.FollowUp, now) with
            {
                FollowUp = new FollowUp(FollowUpReason.NoAddressLeft),
                Lines = [uncovered[0]],
            };

        // The id starts with that of the lost notice: both belong to the same plan, and planning the same fallback
        // twice fails because the row exists.
        Notice Plan(string suffix, Channel channel, NoticeTone tone, DateTimeOffset notBefore) =>
            new()
            {
                Id = new($"{lost.Id}-{suffix}"),
                CustomerId = lost.CustomerId,
                Channel = channel,
                Tone = tone,
                IsRequestedByPerson = lost.IsRequestedByPerson,
                Lines = uncovered,
                PlannedAt = now,
                NotBefore = notBefore,
            };

        DateTimeOffset OpeningOn(Channel channel) =>
            DunningSchedule.QuietUntil(context, account, lost) is { } end
                ? SendWindow.From(context with { Now = context.InstantOf(end, TimeOnly.MinValue) }, channel)
                : SendWindow.From(context, channel);

        // At most one notice per day on a channel, and never the same text twice to the same address.
        bool IsFree(Channel channel) =>
            channel == lost.Channel
                ? !lost.To.Contains(customer.AddressOn(channel), MailboxComparer.Instance)
                : customer.LastNotices.GetValueOrDefault(channel)?.On != today;
    }

    /// <summary>Another reminder contains the step, and may have arrived or is still to be sent.</summary>
    /// <param name="others">The other messages that were sent for the same plan.</param>
    public static bool IsCovered(
        NoticeLine line,
        Notice lost,
        CustomerAccount account,
        IReadOnlyList<SentMessage> others
    ) =>
        account.Notices.Any(n => n.Value.Id != lost.Id && Contains(n.Value, line))
        || others.Any(o => o.MayHaveArrived && Contains(o.Notice, line));

    private static bool Contains(Notice notice, NoticeLine line) =>
        notice.IsReminder && notice.Channel is not Channel.Escalation && notice.Lines.Contains(line);
}
