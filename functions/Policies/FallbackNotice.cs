using Dunning.Receivables;

namespace Dunning.Policies;

/// <summary>
/// A reminder did not reach its reader because the address is dead. Its step is still to be said: the same day, to
/// another living address or on the other channel, unless a message on another channel says it already. Where there is
/// no way left, a person is asked to find one.
/// </summary>
internal static class FallbackNotice
{
    private const string Task =
        "A reminder could not be delivered and there is no other address to use. Please find out how to reach the "
        + "customer, and correct the contact.";

    /// <param name="account">With the address taken away from the customer.</param>
    /// <param name="others">What else was handed to a provider for the same day's plan.</param>
    /// <returns>The notice to plan in its place; null when nothing has to be said any more.</returns>
    public static Notice? Find(
        Notice lost,
        CustomerAccount account,
        IReadOnlyList<SentMessage> others,
        DunningRules rules,
        DateTimeOffset now
    )
    {
        if (!lost.IsReminder || lost.Channel is Channel.Escalation)
            return null;
        var unsaid = lost
            .Lines.Where(line => account.Invoice(line.InvoiceId)?.Value.Step == line.Step && !IsSaid(line))
            .ToList();
        if (unsaid.Count == 0)
            return null;
        var customer = account.Customer.Value;
        var today = rules.Today(customer, now);
        return Channels(lost.Channel).Where(IsFree).ToList() is [var channel, ..]
            ? Plan(
                channel.ToString().ToLowerInvariant(),
                channel,
                lost.Tone,
                SendWindow.From(channel, customer, rules, now)
            )
            : Plan("task", Channel.Escalation, NoticeTone.FollowUp, now) with
            {
                FollowUp = Task,
                Lines = [unsaid[0]],
            };

        // The day stays in front, as in every reminder's name; planning the same detour twice collides.
        Notice Plan(string way, Channel by, NoticeTone letter, DateTimeOffset notBefore) =>
            new()
            {
                Id = $"{lost.Id}-{way}",
                CustomerId = lost.CustomerId,
                Channel = by,
                Tone = letter,
                Lines = unsaid,
                PlannedAt = now,
                NotBefore = notBefore,
            };

        bool IsSaid(NoticeLine line) =>
            account.Notices.Any(n => n.Value.Id != lost.Id && Concerns(n.Value, line))
            || others.Any(o => o.MayHaveArrived && Concerns(o.Notice, line));

        // At most one notice a day on a channel, and never the same text twice to one reader.
        bool IsFree(Channel channel) =>
            ContactChannels.CanUse(channel, customer, rules)
            && (
                channel == lost.Channel
                    ? !lost.To.Contains(customer.AddressOn(channel))
                    : customer.LastNotices.GetValueOrDefault(channel)?.On != today
            );
    }

    private static Channel[] Channels(Channel first) =>
        first is Channel.Email ? [Channel.Email, Channel.Sms] : [Channel.Sms, Channel.Email];

    private static bool Concerns(Notice notice, NoticeLine line) =>
        notice.IsReminder && notice.Channel is not Channel.Escalation && notice.Lines.Contains(line);
}
