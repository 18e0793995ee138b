using System.Text.Json.Serialization;

namespace Dunning.Receivables;

/// <summary>Where the dunning of an invoice stands.</summary>
public sealed record DunningState : StoredRecord
{
    public required PolicyVersion Policy { get; init; }

    /// <summary>
    /// The date from which steps are counted: the due date, or later if the invoice was already overdue when it was
    /// accepted.
    /// </summary>
    public required DateOnly ScheduleStart { get; init; }

    /// <summary>Id of the highest step reached; null before the first.</summary>
    public StepId? Step { get; init; }

    /// <summary>
    /// Id of the highest step that was passed over when the schedule began, because its day had passed: one before the
    /// due date, or any where the source says so. Null for none.
    /// </summary>
    public StepId? MissedStep { get; init; }

    /// <summary>
    /// The next step. Null when there is none: closed, in dispute, on hold without a date, no usable contact, or after
    /// the last step.
    /// </summary>
    public NextStep? Next { get; init; }

    /// <summary>
    /// Why the customer is the reason that there is no next step: not to be contacted, no address, or a letter or call
    /// that waits for a person. Null when the invoice itself is the reason, or there is a next step.
    /// </summary>
    public DunningBlock? NoNextReason { get; init; }
    public Hold? Hold { get; init; }
    public Dispute? Dispute { get; init; }

    /// <summary>The list of steps of the policy that the invoice follows.</summary>
    public StepList StepList { get; init; }

    /// <summary>The part of a payment plan that the steps are about; null without a plan.</summary>
    public int? Part { get; init; }

    /// <summary>
    /// Ids of the letters and calls of the last step that a person has not posted or made yet: until then no further
    /// step is taken.
    /// </summary>
    public IReadOnlyList<NoticeId> AwaitedNotices { get; init; } = [];

    /// <summary>An amount that has been raised, to be explained in the next reminder.</summary>
    public RaisedAmount? RaisedAmount { get; init; }

    /// <summary>
    /// Since when it would be demanded and there is no address that can be used, UTC; null otherwise.
    /// </summary>
    public DateTimeOffset? NoContactSince { get; init; }

    /// <summary>Id of the step that a person has approved.</summary>
    public StepId? Approved { get; init; }

    /// <summary>
    /// Id of the step that a person wants to be sent now: neither its day nor the minimum days between reminders hold
    /// it back.
    /// </summary>
    public StepId? SendNow { get; init; }

    /// <summary>
    /// The days on which the customer was reminded after the due date, oldest first: fees are spaced by them.
    /// </summary>
    public IReadOnlyList<DateOnly> RemindedOn { get; init; } = [];

    /// <summary>What the last message said that the next step will charge; null when it said nothing of it.</summary>
    public AnnouncedCharges? AnnouncedCharges { get; init; }

    /// <summary>The newest message whose charges were added.</summary>
    public NoticeId? ChargedBy { get; init; }

    /// <summary>The pre-collection notice; null while none was sent.</summary>
    public PreCollectionNoticeSent? PreCollectionNotice { get; init; }

    /// <summary>The report to a credit agency that a letter has announced; null while none has.</summary>
    public CreditReport? CreditReport { get; init; }

    /// <summary>
    /// Id of the newest notice that claimed the invoice. A claim writes it, so a claim and a payment both replace the
    /// invoice row and only the first of the two succeeds.
    /// </summary>
    public NoticeId? ClaimedBy { get; init; }

    /// <summary>
    /// The other notices of the same plan that claimed the invoice before: which channel sends first is a matter of
    /// chance.
    /// </summary>
    public IReadOnlyList<NoticeId> AlsoClaimedBy { get; init; } = [];

    internal DunningState After(NoticeId claim) =>
        this with
        {
            ClaimedBy = claim,
            AlsoClaimedBy =
                ClaimedBy is { } before && before.Plan == claim.Plan
                    ? [.. AlsoClaimedBy.Append(before).Where(id => id != claim).Distinct()]
                    : [],
        };

    internal bool IsClaimedBy(NoticeId notice) => ClaimedBy == notice || AlsoClaimedBy.Contains(notice);
}

public enum StepList
{
    Invoice,

    /// <summary>The few steps about one part of a payment plan.</summary>
    Plan,

    /// <summary>The steps that announce a collection.</summary>
    Collection,
}

/// <summary>
/// The policy an invoice started with: later versions do not change an invoice in the middle of its schedule.
/// </summary>
public readonly record struct PolicyVersion(string Name, int Version)
{
    public override string ToString() => $"{Name} v{Version}";
}

/// <param name="At">
/// When the step falls due, UTC: the policy's <c>sendAt</c> on the step's day, in the customer's zone, or the opening
/// where that hour lies outside the day's hours.
/// </param>
/// <param name="IsUpcoming">The step lies before the due date.</param>
public sealed record NextStep(StepId Step, DateTimeOffset At, bool IsUpcoming) : StoredRecord
{
    /// <summary>
    /// Why it falls due later than its day: <see cref="EventReason.RecentNotice"/>,
    /// <see cref="EventReason.ContactCap"/>, <see cref="EventReason.NonBusinessDay"/>,
    /// <see cref="EventReason.FeedSilent"/> or <see cref="EventReason.QuietDay"/>; null when it does not.
    /// </summary>
    public EventReason? DelayedBy { get; init; }

    /// <summary>The day of the recent step or reminder from which the minimum days count.</summary>
    public DateOnly? SpacedSince { get; init; }

    public NextStep SpacedFrom(DateOnly recent) =>
        this with
        {
            DelayedBy = EventReason.RecentNotice,
            SpacedSince = recent,
        };
}

/// <param name="Since">UTC.</param>
/// <param name="Until">First day on which reminders go on (customer's zone); null until somebody resumes.</param>
public sealed record Hold(HoldReason Reason, DateTimeOffset Since, DateOnly? Until) : StoredRecord
{
    /// <summary>What the person or the source wrote.</summary>
    public string? Text { get; init; }

    /// <summary>The step that waits for a person's approval; resuming approves it.</summary>
    public StepId? ApprovalFor { get; init; }

    /// <summary>
    /// The provider's id of a payment of which nothing was heard in time: its outcome ends the hold.
    /// </summary>
    public string? AwaitedPayment { get; init; }

    /// <summary>Ids of the customers between whom a person has to decide: see <c>CustomerMatch</c>.</summary>
    public IReadOnlyList<CustomerId> CustomerChoices { get; init; } = [];
}

public enum HoldReason
{
    /// <summary>A person asked for it.</summary>
    Requested,
    PausedBySource,
    AwaitsApproval,
    PaymentMissing,
    PaymentRefunded,
    CustomerUncertain,

    /// <summary>Nothing was heard of a collection in time.</summary>
    CollectionUnknown,

    /// <summary>It is not clear which invoice a correction is about.</summary>
    CorrectionUncertain,

    /// <summary>A person has handed the claim over for collection.</summary>
    HandedOver,
}

/// <param name="From">What was owed before.</param>
/// <param name="To">What was owed after.</param>
/// <param name="On">In the customer's zone.</param>
public sealed record RaisedAmount(Money From, Money To, DateOnly On) : StoredRecord
{
    /// <summary>What the source wrote.</summary>
    public string? Text { get; init; }

    /// <summary>The reminder that explained it; null while none did.</summary>
    public NoticeId? ExplainedBy { get; init; }
}

/// <param name="Since">UTC.</param>
public sealed record Dispute(DisputeReason Reason, DateTimeOffset Since) : StoredRecord
{
    /// <summary>The part that is in dispute; null for all. The rest is demanded.</summary>
    public Money? Amount { get; init; }

    /// <summary>The payment provider that reported it; its name in the ledger.</summary>
    public string? Provider { get; init; }

    /// <summary>What the person or the provider wrote.</summary>
    public string? Text { get; init; }

    /// <summary>A provider reported it, and may end it.</summary>
    [JsonIgnore]
    public bool IsAboutPayment => Reason is DisputeReason.PaymentChargedBack or DisputeReason.PaymentDisputed;
}

public enum DisputeReason
{
    /// <summary>A person reported it.</summary>
    Reported,
    ReportedBySource,
    PaymentChargedBack,

    /// <summary>The customer disputes a payment with the provider or the bank.</summary>
    PaymentDisputed,
}

/// <param name="Step">The step that will charge.</param>
/// <param name="By">The message that said so.</param>
public sealed record AnnouncedCharges(StepId Step, NoticeId By) : StoredRecord
{
    /// <summary>
    /// What was announced before the plan of <see cref="By"/>: its other messages, on other channels, charge the same
    /// step. Null for nothing.
    /// </summary>
    public AnnouncedCharges? Before { get; init; }

    /// <summary>What the message said that the step will charge.</summary>
    public IReadOnlyList<ChargeKind> Kinds { get; init; } = [];

    /// <summary>Whether a message before has said that this message's step will charge it.</summary>
    public bool Covers(StepId step, ChargeKind kind, NoticeId notice) =>
        Says(step, kind) || By.Plan == notice.Plan && Before?.Says(step, kind) is true;

    private bool Says(StepId step, ChargeKind kind) => Step == step && Kinds.Contains(kind);

    /// <summary>What is announced once a message has said what the step after it will charge.</summary>
    /// <param name="known">Null for nothing.</param>
    public static AnnouncedCharges After(AnnouncedCharges? known, AnnouncedCharges said) =>
        said with
        {
            Before =
                known?.By.Plan == said.By.Plan ? known.Before
                : known is null ? null
                : known with { Before = null },
        };

    /// <summary>Null when nothing is announced without this message.</summary>
    public AnnouncedCharges? Without(NoticeId notice) =>
        By == notice ? Before : this with { Before = Before?.Without(notice) };
}

/// <param name="Deadline">The last day to pay that it names.</param>
public sealed record PreCollectionNoticeSent(NoticeId By, DateOnly SentOn, DateOnly Deadline) : StoredRecord;

/// <param name="AnnouncedBy">The letter that said so.</param>
/// <param name="Agency">As the letter names it.</param>
/// <param name="Deadline">The last day to pay or to dispute that the letter names.</param>
public sealed record CreditReport(NoticeId AnnouncedBy, string Agency, DateOnly Deadline) : StoredRecord
{
    /// <summary>The day on which a person reported the claim; null while nobody has.</summary>
    public DateOnly? ReportedOn { get; init; }

    /// <summary>The day on which the report was withdrawn; null while it stands.</summary>
    public DateOnly? WithdrawnOn { get; init; }

    /// <summary>The agency has the claim in its files.</summary>
    [JsonIgnore]
    public bool Stands => ReportedOn is not null && WithdrawnOn is null;
}
