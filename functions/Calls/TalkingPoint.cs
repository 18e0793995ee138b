using Dunning.Notices.Delivery;
using Dunning.Policies;
using Dunning.Receivables;

namespace Dunning.Calls;

public enum TalkingPointCode
{
    /// <summary>What is owed: <c>amount</c>, the oldest due date as <c>date</c>, and <c>days</c> late.</summary>
    Owed,

    /// <summary>A part of it is in dispute and is not asked for: <c>amount</c>.</summary>
    InDispute,

    /// <summary>A part was paid: <c>amount</c>.</summary>
    PartPaid,

    /// <summary>How the customer was reminded last: <c>date</c>, <c>channel</c>.</summary>
    LastReminder,

    /// <summary>A day was promised and has passed without the money: <c>date</c>, <c>amount</c>.</summary>
    PromiseBroken,

    /// <summary>Instalments can be offered.</summary>
    OfferPlan,

    /// <summary>What comes if nothing is agreed: <c>step</c>.</summary>
    NextStep,

    /// <summary>Ask for the day of payment.</summary>
    AskForDay,
}

/// <summary>What a person can say in a call, in the order of a conversation.</summary>
public sealed record TalkingPoint(TalkingPointCode Code)
{
    public Money? Amount { get; init; }
    public DateOnly? Date { get; init; }
    public int? Days { get; init; }
    public Channel? Channel { get; init; }
    public StepId? Step { get; init; }

    /// <param name="check">What the call demands.</param>
    /// <param name="events">The history of its invoices, oldest first.</param>
    internal static IReadOnlyList<TalkingPoint> Of(
        DunningContext context,
        PreSendResult check,
        IReadOnlyList<InvoiceEvent> events
    )
    {
        List<Invoice> demanded = [.. check.Invoices.Select(invoice => invoice.Value)];
        return
        [
            .. demanded.GroupBy(invoice => invoice.OpenAmount.Currency).Select(group => Owed(context, [.. group])),
            .. OfSums(TalkingPointCode.InDispute, demanded.Select(i => i.OpenAmount - i.UndisputedAmount)),
            .. OfSums(TalkingPointCode.PartPaid, demanded.Select(i => i.Payments.Paid)),
            .. LastReminder(context, events),
            .. PromiseBroken(events),
            .. demanded.Exists(invoice => OffersPlan(context, invoice))
                ? [new TalkingPoint(TalkingPointCode.OfferPlan)]
                : Array.Empty<TalkingPoint>(),
            .. Next(context, demanded),
            new(TalkingPointCode.AskForDay),
        ];
    }

    private static TalkingPoint Owed(DunningContext context, IReadOnlyList<Invoice> invoices)
    {
        var oldest = invoices.Min(invoice => invoice.DueDate);
        return new(TalkingPointCode.Owed)
        {
            Amount = invoices.Select(invoice => invoice.UndisputedAmount).Aggregate((sum, amount) => sum + amount),
            Date = oldest,
            Days = Math.Max(0, context.Today.DayNumber - oldest.DayNumber),
        };
    }

    private static IEnumerable<TalkingPoint> OfSums(TalkingPointCode code, IEnumerable<Money> amounts) =>
        Money.SumsOf(amounts.Where(amount => amount.IsPositive)).Select(sum => new TalkingPoint(code) { Amount = sum });

    private static IEnumerable<TalkingPoint> LastReminder(DunningContext context, IReadOnlyList<InvoiceEvent> events) =>
        events.LastOrDefault(e => e is { Kind: EventKind.Sent, Channels: [not Receivables.Channel.Escalation] })
            is { } last
            ?
            [
                new(TalkingPointCode.LastReminder)
                {
                    Date = last.Date ?? context.DayOf(last.At),
                    Channel = last.Channels![0],
                },
            ]
            : [];

    private static IEnumerable<TalkingPoint> PromiseBroken(IReadOnlyList<InvoiceEvent> events) =>
        events.LastOrDefault(e => e.Kind is EventKind.PromiseBroken) is { } broken
            ? [new(TalkingPointCode.PromiseBroken) { Date = broken.Date, Amount = broken.Amount }]
            : [];

    private static bool OffersPlan(DunningContext context, Invoice invoice) =>
        context.PolicyOf(invoice).AllSteps.Any(step => step.OfferPlan);

    /// <summary>The step after the one that is being taken.</summary>
    private static IEnumerable<TalkingPoint> Next(DunningContext context, IEnumerable<Invoice> invoices) =>
        invoices
            .Select(invoice => DunningSchedule.StepAbove(context, invoice))
            .OfType<Step>()
            .Where(step => step.Tone is not NoticeTone.FollowUp)
            .Take(1)
            .Select(step => new TalkingPoint(TalkingPointCode.NextStep) { Step = step.Id });
}
