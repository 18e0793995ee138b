using Dunning.Book;

namespace Dunning.Plan;

/// <summary>What becomes of one due invoice: the step it climbs to (or why it does not), the channels that step asks for, and what is told of it.</summary>
public sealed record Climb(Stored<Invoice> Before, Invoice After, IReadOnlyList<InvoiceEvent> Events)
{
    public Step? Step { get; private init; }
    public IReadOnlyList<Channel> Channels { get; private init; } = [];

    /// <summary>What a person is asked to do.</summary>
    public string? Task { get; private init; }

    public static Climb Decide(Stored<Invoice> before, Customer customer, Rulebook rules, DateTimeOffset now)
    {
        var today = rules.Today(customer, now);
        var invoice = before.Value;
        List<InvoiceEvent> events = [];
        if (invoice.Hold is { Until: { } until } hold && until <= today)
        {
            invoice = invoice.Unpaused(now);
            events.Add(new(now, EventKind.Resumed, $"The hold is over: {hold.Reason}"));
        }
        // Nobody came by while it was time: its agenda still names a step from before the due date.
        if (invoice.Next is { IsUpcoming: true } && Ladder.Over(invoice, rules, today).ToList() is { Count: > 0 } missed)
            events.Add(new(now, EventKind.StepSkipped, $"Passed over, because the due date has gone by: {string.Join(", ", missed.Select(s => s.Id))}"));
        if (invoice.WhyNotDemanded(now) is { } reason)
            return Postpone(before, invoice, customer, rules, today.AddDays(1), [.. events, new(now, EventKind.Postponed, $"Not reminded today: {reason}")]);

        // The step is not used up: it comes when there is an address.
        if (!Reach.CanRemind(customer, rules))
            return new Climb(before, invoice with { Next = null }, [.. events, new(now, EventKind.NotSent, "Nothing can be sent: there is no address that works")]);

        var reached = Ladder.Reached(invoice, customer, rules, now);
        if (reached.Count == 0)
            return new Climb(before, Schedule.Renew(invoice, customer, rules, now), events);
        var step = reached[^1];
        if (reached.Count > 1)
            events.Add(new(now, EventKind.StepSkipped, $"Passed over, because step '{step.Id}' has been reached too: {string.Join(", ", reached.SkipLast(1).Select(s => s.Id))}"));
        return Take(step, before, invoice, customer, rules, now, events);
    }

    private static Climb Take(
        Step step, Stored<Invoice> before, Invoice invoice, Customer customer, Rulebook rules, DateTimeOffset now, List<InvoiceEvent> events)
    {
        if (step.NeedsApproval && invoice.Approved != step.Id)
            return Ask(step, before, invoice, now, events);
        if (RecentNotice(step, invoice, customer, rules, now) is { } recent)
        {
            // The claim of a notice marks every invoice it names: a lighter step has nothing to add to that.
            if (recent.Letter >= step.Letter && customer.LastNotices.Values.Any(n => n.NoticeId == invoice.ClaimedBy && n.On == recent.On && n.Letter >= step.Letter))
                return new Climb(before, Climbed(step, invoice, customer, rules, now), [.. events, new(now, EventKind.Covered, $"Step '{step.Id}' is covered by notice {invoice.ClaimedBy}")]);
            // Today's notice may lie in the outbox still; tomorrow it is known what it named.
            var free = recent.On.AddDays(recent.On >= rules.Today(customer, now) ? 1 : rules.Policies.Of(invoice).MinDaysBetweenNotices);
            return Postpone(before, invoice, customer, rules, free, [.. events, new(now, EventKind.Postponed, $"Step '{step.Id}' waits: a notice to the customer is dated {recent.On:yyyy-MM-dd}")]);
        }
        if (step.Letter is LetterKind.Task)
        {
            events.Add(new(now, EventKind.TaskForPerson, step.Task ?? $"Step '{step.Id}' asks a person to act"));
            return new Climb(before, Climbed(step, invoice, customer, rules, now), events) { Step = step, Task = step.Task };
        }
        var channels = Reach.Channels(step, customer, rules);
        events.Add(channels.Count > 0
            ? new(now, EventKind.Planned, $"Step '{step.Id}': reminder by {string.Join(", ", channels).ToLowerInvariant()}")
            : new(now, EventKind.NotSent, $"Step '{step.Id}' could not be sent: there is no address for {string.Join(" or ", step.Channels).ToLowerInvariant()}"));
        return new Climb(before, Climbed(step, invoice, customer, rules, now), events) { Step = step, Channels = channels };
    }

    /// <summary>The firmest reminder that went out, on whatever channel, so short a time ago that another would be nagging.</summary>
    private static LastNotice? RecentNotice(Step step, Invoice invoice, Customer customer, Rulebook rules, DateTimeOffset now)
    {
        var today = rules.Today(customer, now);
        var spacing = rules.Policies.Of(invoice).MinDaysBetweenNotices;
        return step.Channels.Count == 0
            ? null
            // A customer whose zone has moved west may have been written to tomorrow.
            : customer.LastNotices.Values.Where(n => n.On >= today || n.On.AddDays(spacing) > today && IsInTheWay(n)).MaxBy(n => n.Letter);

        // Yesterday's courtesy for one invoice does not keep a reminder for another waiting.
        bool IsInTheWay(LastNotice notice) => notice.Letter >= LetterKind.Friendly || step.IsUpcoming;
    }

    private static Climb Ask(Step step, Stored<Invoice> before, Invoice invoice, DateTimeOffset now, List<InvoiceEvent> events)
    {
        events.Add(new(now, EventKind.ApprovalNeeded, $"Step '{step.Id}' waits for a person: resume the invoice to approve it"));
        var held = invoice with { Hold = new Hold($"step '{step.Id}' waits for approval", now, Until: null, ApprovalFor: step.Id), Next = null };
        return new Climb(before, held, events) { Step = step, Task = step.Task };
    }

    private static Invoice Climbed(Step step, Invoice invoice, Customer customer, Rulebook rules, DateTimeOffset now) =>
        Schedule.AfterStep(invoice with { Step = step.Id }, customer, rules, now);

    private static Climb Postpone(
        Stored<Invoice> before, Invoice invoice, Customer customer, Rulebook rules, DateOnly until, IReadOnlyList<InvoiceEvent> events) =>
        new(before, invoice with { Next = Ladder.Next(invoice, customer, rules, until) }, events);
}
