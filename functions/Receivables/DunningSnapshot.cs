namespace Dunning.Receivables;

/// <summary>
/// What an invoice waits for after one event, as codes and dates: it explains the days until the next event. Holds no
/// personal data.
/// </summary>
public sealed record DunningSnapshot : StoredRecord
{
    /// <inheritdoc cref="Invoice.Revision"/>
    public int Revision { get; init; }

    /// <inheritdoc cref="Invoice.BlockAt"/>
    public DunningBlock? Block { get; init; }
    public NextStep? Next { get; init; }

    /// <inheritdoc cref="DunningState.NoNextReason"/>
    public DunningBlock? NoNextReason { get; init; }

    /// <inheritdoc cref="DunningState.MissedStep"/>
    public StepId? MissedStep { get; init; }
    public HoldReason? Hold { get; init; }

    /// <inheritdoc cref="Receivables.Hold.Until"/>
    public DateOnly? HeldUntil { get; init; }

    /// <inheritdoc cref="Receivables.Hold.ApprovalFor"/>
    public StepId? ApprovalFor { get; init; }

    /// <summary>No reminder before this instant, because a payment is on its way; UTC.</summary>
    public DateTimeOffset? PendingUntil { get; init; }
    public DateOnly? PromisedOn { get; init; }

    /// <summary>The last day on which a payment keeps the promise.</summary>
    public DateOnly? PromiseEnds { get; init; }

    /// <summary>The part that is in dispute; null when nothing is, or all.</summary>
    public Money? DisputedPart { get; init; }

    /// <summary>The number of the part of a plan that stands; null when it is missed, or without a plan.</summary>
    public int? Part { get; init; }
    public DateOnly? PartDue { get; init; }

    public static DunningSnapshot Of(Invoice invoice, DateTimeOffset now)
    {
        var (dunning, promise) = (invoice.Dunning, invoice.Agreements.Promise);
        var part = invoice.IsPartMissed ? null : invoice.CurrentPart;
        return new()
        {
            Revision = invoice.Revision,
            Block = invoice.BlockAt(now),
            Next = dunning.Next,
            NoNextReason = dunning.NoNextReason,
            MissedStep = dunning.MissedStep,
            Hold = dunning.Hold?.Reason,
            HeldUntil = dunning.Hold?.Until,
            ApprovalFor = dunning.Hold?.ApprovalFor,
            PendingUntil = invoice.Payments.Pending?.Until,
            PromisedOn = promise?.On,
            PromiseEnds = promise?.LastDay,
            DisputedPart = dunning.Dispute?.Amount,
            Part = part?.Number,
            PartDue = part?.DueDate,
        };
    }
}
