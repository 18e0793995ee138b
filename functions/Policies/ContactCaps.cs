using Dunning.Policies.Calendars;
using Dunning.Receivables;

namespace Dunning.Policies;

/// <summary>How many reminders a customer may get in some days, by the law of the country and by the policy.</summary>
internal static class ContactCaps
{
    private const int Week = 7;

    /// <summary>
    /// Lets the decisions pass, the firmest first, until a cap is reached; the others wait. Steps on the same channel
    /// share a message, which counts once.
    /// </summary>
    public static List<StepDecision> Apply(DunningContext context, List<StepDecision> decisions)
    {
        HashSet<Channel> today = [];
        List<StepDecision> passed = [];
        foreach (var decision in decisions)
        {
            var channels = decision.Channels.Where(channel => channel is not Channel.Escalation).ToList();
            if (FreeOn(context, decision, [.. today.Union(channels)]) is { } freeOn && channels.Count > 0)
            {
                passed.Add(decision.WaitForCap(context, freeOn));
                continue;
            }
            today.UnionWith(channels);
            passed.Add(decision);
        }
        return passed;
    }

    /// <param name="today">The channels on which the customer is reminded today.</param>
    /// <returns>The first day on which no cap is exceeded; null for today.</returns>
    private static DateOnly? FreeOn(DunningContext context, StepDecision decision, List<Channel> today)
    {
        var customer = context.Customer;
        var caps = context.Rules.Calendar.CapsOf(customer.Country, customer.Kind).ToList();
        if (context.PolicyOf(decision.After).MaxRemindersPerWeek is { } perWeek)
            caps.Add(new ContactCap(Channel: null, perWeek, Week));
        return caps.Select(cap => FreeOn(cap, customer, context.Today, today)).Max();
    }

    private static DateOnly? FreeOn(ContactCap cap, Customer customer, DateOnly today, List<Channel> channels)
    {
        var counted = customer
            .RecentReminders.Where(r => cap.Counts(r.Channel) && r.On > today.AddDays(-cap.Days))
            .Select(r => r.On)
            .Order()
            .ToList();
        var tooMany = counted.Count + channels.Count(cap.Counts) - cap.Count;
        return tooMany <= 0 || counted.Count == 0
            ? null
            : counted[Math.Min(tooMany, counted.Count) - 1].AddDays(cap.Days);
    }
}
