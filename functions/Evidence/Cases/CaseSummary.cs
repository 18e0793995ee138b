using Dunning.Configuration;
using Dunning.Html;
using Dunning.Policies.Interest;
using Dunning.Receivables;

namespace Dunning.Evidence.Cases;

/// <summary>What <see cref="SummaryPage"/> shows.</summary>
/// <param name="Gaps">What the pack lacks, in words.</param>
/// <param name="Replies">Oldest first.</param>
public sealed record CaseSummary(
    Customer Customer,
    CreditorOptions Creditor,
    IReadOnlyList<string> Gaps,
    IReadOnlyList<InvoiceSummary> Invoices,
    IReadOnlyList<Reply> Replies,
    DateTimeOffset Now
)
{
    internal static CaseSummary Create(
        CustomerCase read,
        IReadOnlyList<CaseGap> gaps,
        PageWords words,
        CreditorOptions creditor
    ) =>
        new(
            read.Customer,
            creditor,
            [.. gaps.Select(gap => gap.InWords(words))],
            [.. read.Invoices.Select(one => InvoiceSummary.Create(one, read.Customer))],
            read.Replies,
            read.Now
        );
}

/// <param name="State">A key of the dashboard's words of <c>state</c>.</param>
/// <param name="Law">The code of the law; null where it is not known.</param>
/// <param name="History">The events about agreements, disputes and persons' decisions, oldest first.</param>
public sealed record InvoiceSummary(
    Invoice Invoice,
    string State,
    IReadOnlyList<MessageLine> Messages,
    IReadOnlyList<CountedLine> Counted,
    string? Law,
    DateOnly? LawCheckedOn,
    IReadOnlyList<InterestRow> Rates,
    Money InterestTotal,
    IReadOnlyList<InvoiceEvent> History
)
{
    internal static InvoiceSummary Create(InvoiceCase one, Customer customer) =>
        new(
            one.Invoice,
            one.Invoice.StateFor(customer),
            [.. one.Messages.Select(MessageLine.Create)],
            [.. one.Charges.Debt.Movements.Select(CountedLine.Create)],
            one.Charges.Law.Jurisdiction?.Code,
            one.Charges.Law.Jurisdiction?.CheckedOn,
            [.. (one.Charges.Interest?.Lines ?? []).Select(InterestRow.Create)],
            one.Charges.Interest?.Total ?? Money.Zero(one.Invoice.OpenAmount.Currency),
            [.. one.Events.Where(AgreementsView.IsAbout)]
        );
}

/// <param name="To">Empty after an erasure.</param>
/// <param name="Failure">The last event that says it did not arrive, or may not have been sent; null for none.</param>
public sealed record MessageLine(
    DateTimeOffset At,
    NoticeTone? Tone,
    IReadOnlyList<Channel> Channels,
    IReadOnlyList<string> To,
    string? Subject,
    DateTimeOffset? DeliveredAt,
    EventKind? Failure
)
{
    internal static MessageLine Create(CaseMessage message) =>
        new(
            message.Given.At,
            message.Given.Tone,
            message.Given.Channels ?? [],
            message.Given.Message?.To ?? [],
            message.Given.Message?.Subject,
            message.DeliveredAt,
            !message.WasSent ? EventKind.InDoubt
                : message.LastReport(EventKind.NotDelivered) is not null ? EventKind.NotDelivered
                : null
        );
}

/// <summary>A movement, and what it changes of costs, interest and principal.</summary>
public sealed record CountedLine(
    DateOnly Date,
    MovementKind Kind,
    string? Reference,
    Money Amount,
    Money Costs,
    Money Interest,
    Money Principal
)
{
    internal static CountedLine Create(AllocatedMovement counted) =>
        new(
            counted.Movement.Date,
            counted.Movement.Kind,
            counted.Movement.Reference,
            counted.Movement.Amount,
            counted.Costs,
            counted.Interest,
            counted.Principal
        );
}
