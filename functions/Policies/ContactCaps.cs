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
            var freeOn = channels.Count == 0 ? null : FreeOn(context, decision, channels, today);
            passed.Add(freeOn is { } day ? decision.WaitForCap(context, day) : decision);
            if (freeOn is null)
                today.UnionWith(channels);
        }
        return passed;
    }

    /// <param name="channels">Those of the decision.</param>
    /// <param name="today">The channels on which the customer is reminded today anyway.</param>
    /// <returns>The first day on which no cap is exceeded; null for today.</returns>
    private static DateOnly? FreeOn(
        DunningContext context,
        StepDecision decision,
        IReadOnlyList<Channel> channels,
        IReadOnlyCollection<Channel> today
    )
    {
        var customer = context.Customer;
        var caps = context.Rules.Calendar.CapsOf(customer.Country, customer.Kind).ToList();
        if (context.PolicyOf(decision.After).MaxRemindersPerWeek is { } perWeek)
            caps.Add(new ContactCap(Channel: null, perWeek, Week));
        return caps.Select(FreeOfCap).Max();

        DateOnly? FreeOfCap(ContactCap cap)
        {
            var counted = customer
                .RecentReminders.Where(r => cap.Counts(r.Channel) && r.On > context.Today.AddDays(-cap.Days))
                .Select(r => r.On)
                .Order()
                .ToList();
            // A step with more channels than a cap of the calendar allows would wait for ever: it goes out alone.
            var most = Math.Max(cap.Count, channels.Count(cap.Counts));
            var tooMany = counted.Count + today.Union(channels).Count(cap.Counts) - most;
            return tooMany <= 0 ? null
                : tooMany <= counted.Count ? counted[tooMany - 1].AddDays(cap.Days)
                : context.Today.AddDays(cap.Days);
        }
    }
}
