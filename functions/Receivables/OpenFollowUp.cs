using System.Globalization;

namespace Dunning.Receivables;

/// <summary>A task about an invoice that waits until a person marks it as done, or the invoice is closed.</summary>
/// <param name="Since">UTC.</param>
/// <param name="Due">UTC; later than <paramref name="Since"/> when a person has put it off.</param>
public sealed record OpenFollowUp(FollowUpKind Kind, DateTimeOffset Since, DateTimeOffset Due) : StoredRecord
{
    /// <summary>Of one kind an invoice has one an hour at most.</summary>
    public string Id => $"{Kind}-{Since.UtcDateTime.ToString("yyyyMMddHH", CultureInfo.InvariantCulture)}";

    /// <summary>The step of the policy.</summary>
    public StepId? Step { get; init; }

    /// <summary>What the policy says.</summary>
    public string? Text { get; init; }

    /// <summary>It is about a document that is closed already.</summary>
    public bool OutlivesClosing => Kind is FollowUpKind.RetainerUsedUp;

    /// <returns>Null for an event that asks nobody, or about something that a route of its own resolves.</returns>
    public static OpenFollowUp? Of(InvoiceEvent e) =>
        KindOf(e) is { } kind ? new OpenFollowUp(kind, e.At, e.At) { Step = e.Step, Text = e.Text } : null;

    private static FollowUpKind? KindOf(InvoiceEvent e) =>
        (e.Kind, e.Reason) switch
        {
            (EventKind.PromiseBroken, _) => FollowUpKind.PromiseBroken,
            (EventKind.PaymentClaimed, _) => FollowUpKind.PaymentClaimed,
            (EventKind.PartMissed, _) => FollowUpKind.PartMissed,
            (EventKind.PlanBroken, _) => FollowUpKind.PlanBroken,
            (EventKind.TaskForPerson, EventReason.StepNeedsPerson or EventReason.LetterNotAllowed) =>
                FollowUpKind.PolicyStep,
            (EventKind.TaskForPerson, EventReason.NoAddressLeft) => FollowUpKind.NoContact,
            (EventKind.TaskForPerson, EventReason.PlanNotConfirmed) => FollowUpKind.PlanNotConfirmed,
            (EventKind.TaskForPerson, EventReason.RetainerUsedUp) => FollowUpKind.RetainerUsedUp,
            (EventKind.TaskForPerson, EventReason.UnusableAccount) => FollowUpKind.UnusableAccount,
            (EventKind.TaskForPerson, EventReason.PolicyRemoved) => FollowUpKind.PolicyRemoved,
            _ => null,
        };
}
