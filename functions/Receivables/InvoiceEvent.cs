using System.Text.Json.Serialization;
using Dunning.Receivables.Storage;

namespace Dunning.Receivables;

/// <summary>
/// One entry of an invoice's history: what happened or was not done, and why. Written in the same transaction as the
/// change that it describes. Reasons are codes and typed values; <see cref="EventText"/> makes the words.
/// </summary>
/// <param name="At">UTC.</param>
public sealed record InvoiceEvent(DateTimeOffset At, EventKind Kind) : StoredRecord
{
    /// <summary>The event in words.</summary>
    public string What => EventText.Of(this);

    /// <summary>Null where the kind says all, or <see cref="Block"/> is the reason.</summary>
    public EventReason? Reason { get; init; }

    /// <summary>Why nothing was sent or nothing will be.</summary>
    public DunningBlock? Block { get; init; }

    /// <summary>Id of the step that was taken, waits or is next.</summary>
    public StepId? Step { get; init; }

    /// <summary>Ids of the steps that were skipped.</summary>
    public IReadOnlyList<StepId>? SkippedSteps { get; init; }

    /// <summary>Only when the policy of the invoice is replaced.</summary>
    public PolicyReplacement? Policy { get; init; }

    /// <summary>Id of the notice that the event is about.</summary>
    public NoticeId? Notice { get; init; }

    /// <summary>Of the notice; of a step, all on which it is or was to be sent.</summary>
    public IReadOnlyList<Channel>? Channels { get; init; }

    /// <summary>The message as it was given to the provider or received.</summary>
    public MessageEvidence? Message { get; init; }

    /// <summary>Of the message that was sent.</summary>
    public NoticeTone? Tone { get; init; }

    /// <summary>The ledger entry that was written.</summary>
    public LedgerEntry? Entry { get; init; }

    /// <summary>The payment provider; its name in the ledger.</summary>
    public string? Provider { get; init; }
    public Money? Amount { get; init; }

    /// <summary>
    /// The net amount and the tax of <see cref="Amount"/> per rate, where the invoice names its rates.
    /// </summary>
    public IReadOnlyList<TaxShare>? Taxes { get; init; }

    /// <summary>What is owed after the event.</summary>
    public Money? Owed { get; init; }

    /// <summary>What was owed before; only when it has changed.</summary>
    public Money? OwedBefore { get; init; }

    /// <summary>
    /// The due date, the end of the hold or of the wait, the date of the last reminder, that of the backup, or the day
    /// on which a letter was posted or a call made.
    /// </summary>
    public DateOnly? Date { get; init; }

    /// <summary>What was charged and what was not.</summary>
    public IReadOnlyList<ChargeOutcome>? Charges { get; init; }

    /// <summary>Why a formal letter was not sent.</summary>
    public LetterRefusal? LetterRefusal { get; init; }

    /// <summary>The number of the part of a payment plan.</summary>
    public int? Part { get; init; }

    /// <summary>The parts that were agreed.</summary>
    public IReadOnlyList<PlanPart>? Parts { get; init; }

    /// <summary>Number of the invoice or credit note that takes something off, or takes its place.</summary>
    public string? Document { get; init; }

    /// <summary>Id of the customer that was merged into the invoice's.</summary>
    public CustomerId? Customer { get; init; }

    /// <summary>What a person did or put off.</summary>
    public FollowUpKind? FollowUp { get; init; }

    /// <summary>What a person changed of the customer.</summary>
    public IReadOnlyList<CustomerField>? Fields { get; init; }

    /// <summary>What a person decided about a failed or in-doubt message, or about an unmatched payment.</summary>
    public OperatorDecisionKind? Decision { get; init; }

    /// <summary>The person who decided, or the source that sent the invoice.</summary>
    public string? By { get; init; }

    /// <summary>What a person, the policy or a provider wrote, unchanged. Erasure removes it.</summary>
    public string? Text { get; init; }

    /// <summary>When the personal data were erased, UTC; null while they are there.</summary>
    public DateTimeOffset? ErasedAt { get; init; }

    /// <summary>Its place in the chain of the invoice's events; null for an event from before there was one.</summary>
    public ChainLink? Chain { get; init; }

    /// <summary>
    /// Where the dunning stood after the change. Null when the transaction did not save the invoice: then nothing
    /// of it has changed.
    /// </summary>
    public DunningSnapshot? Snapshot { get; init; }
}

/// <summary>The evidence of one message. Erasure keeps the ids, the name, the hash and the code.</summary>
public sealed record MessageEvidence : StoredRecord
{
    /// <summary>The addresses, that of the main recipient first.</summary>
    public IReadOnlyList<string>? To { get; init; }

    /// <summary>The sender of a received SMS, E.164.</summary>
    public string? From { get; init; }

    /// <summary>Of an email.</summary>
    public string? Subject { get; init; }

    /// <summary>Of an SMS.</summary>
    public string? Body { get; init; }

    /// <summary>The header Message-ID of an email.</summary>
    public string? MessageId { get; init; }

    /// <inheritdoc cref="Notice.OperationId"/>
    public Guid? OperationId { get; init; }

    /// <summary>SHA-256 of the text.</summary>
    public string? Sha256 { get; init; }

    /// <summary>
    /// The name of the whole message in the archive; null where no message of this app is meant. A merge of customers
    /// does not change it.
    /// </summary>
    public string? ArchivedAs { get; init; }

    /// <summary>Of an SMS: how many the provider bills.</summary>
    public int? Segments { get; init; }

    /// <summary>The provider's id of the message.</summary>
    public string? ProviderMessageId { get; init; }

    /// <summary>The number of a tracked letter.</summary>
    public string? TrackingNumber { get; init; }

    /// <summary>The provider's code of a refusal.</summary>
    public string? Code { get; init; }

    public MessageEvidence Erased() =>
        this with
        {
            To = null,
            From = null,
            Subject = null,
            Body = null,
            TrackingNumber = null,
            UnknownFields = null,
        };
}

/// <param name="Former">The version that the invoice followed until then.</param>
public sealed record PolicyReplacement(
    [property: JsonPropertyName("removed")] PolicyVersion Former,
    PolicyVersion Successor
) : StoredRecord;

public enum EventKind
{
    Accepted,
    Updated,
    StepSkipped,
    Planned,

    /// <summary>Another notice of the same day includes the invoice.</summary>
    Covered,
    Postponed,
    Sent,

    /// <summary>A planned notice was not sent, for the reason given.</summary>
    NotSent,
    Rejected,
    InDoubt,

    /// <summary>The provider reported that the message was delivered.</summary>
    Delivered,

    /// <summary>The provider accepted the message and could not deliver it.</summary>
    NotDelivered,
    OptedOut,
    OptedIn,

    /// <summary>The customer wrote back.</summary>
    Replied,

    /// <summary>A person answered a message of the customer.</summary>
    Answered,
    Paid,

    /// <summary>A credit note reduced what is owed, or was voided.</summary>
    Credited,

    /// <summary>
    /// The customer paid the rest in time and deducted the discount for early payment; zero when the payment was taken
    /// back.
    /// </summary>
    DiscountTaken,
    Refunded,
    ChargedBack,
    PaymentPending,
    PaymentFailed,

    /// <summary>A person took back a payment that had been recorded by hand.</summary>
    PaymentRemoved,

    /// <summary>A person gave up the claim, or a part of it.</summary>
    WrittenOff,

    /// <summary>A person took back a write-off.</summary>
    WriteOffRemoved,

    /// <summary>The policy's step added interest, a fixed sum or a fee.</summary>
    Charged,

    /// <summary>The policy's step charges, and nothing may be charged, for the reasons given.</summary>
    NotCharged,

    /// <summary>A person waived a charge: it is not asked for any more.</summary>
    ChargeWaived,
    Settled,
    Reopened,
    Held,
    Resumed,
    Disputed,
    Voided,
    TaskForPerson,
    ApprovalNeeded,

    /// <summary>An operator decision about an in-doubt or failed message, or about an unmatched payment.</summary>
    Decided,

    /// <summary>A payment plan was agreed, or replaced the one before.</summary>
    PlanAgreed,

    /// <summary>A person ended a payment plan.</summary>
    PlanEnded,

    /// <summary>The event on which a part of a plan falls due was reported.</summary>
    MilestoneReached,

    /// <summary>A part was not paid within the grace; it is chased, and the rest is not due.</summary>
    PartMissed,

    /// <summary>A part was not paid within the grace; the rest fell due.</summary>
    PlanBroken,
    Promised,
    PromiseKept,
    PromiseBroken,
    PromiseWithdrawn,

    /// <summary>A later due date was agreed.</summary>
    Extended,

    /// <summary>A person handed the claim over for collection; the text says to whom.</summary>
    HandedOver,

    /// <summary>A person reported the claim to a credit agency, which the text names.</summary>
    CreditReported,

    /// <summary>A person had the report withdrawn.</summary>
    CreditReportWithdrawn,

    /// <summary>A corrected invoice takes its place, or it takes the place of another.</summary>
    Replaced,

    /// <summary>The collection of the money failed: the customer is asked to pay.</summary>
    CollectionFailed,

    /// <summary>The next step falls due on another day, or there is one again.</summary>
    Scheduled,

    /// <summary>A person changed what is stored of the customer.</summary>
    CustomerChanged,

    /// <summary>The customer says that it is paid, and no payment is known: it is looked for.</summary>
    PaymentClaimed,

    /// <summary>The customer took that back.</summary>
    PaymentClaimWithdrawn,

    /// <summary>A person did what was asked, or put it off until a date.</summary>
    FollowUpDone,

    /// <summary>There are no texts in the customer's language, which the text names: messages are in English.</summary>
    LanguageMissing,

    /// <summary>
    /// The check digit of the payment reference, which the text names, is wrong: messages show it as plain text.
    /// </summary>
    ReferenceInvalid,

    /// <summary>A file, which the text names, is stored: reminders have it attached.</summary>
    DocumentStored,

    /// <summary>A file could not be fetched: messages have a link to it.</summary>
    DocumentNotStored,

    /// <summary>A person wrote a line for the next messages.</summary>
    PersonalLineSet,
    PersonalLineRemoved,

    /// <summary>A person moved the invoice to another policy or version.</summary>
    PolicyChanged,
}

/// <summary>The cause of an event whose kind has several, grouped by kind.</summary>
public enum EventReason
{
    /// <summary>Accepted: the source gave no due date.</summary>
    DefaultTerms,

    /// <summary>Step skipped: a later step is due too.</summary>
    LaterStepDue,

    /// <summary>Step skipped: it was to be taken before the due date.</summary>
    DueDatePassed,

    /// <summary>Step skipped: it may not be sent so long after its day.</summary>
    TooLate,

    /// <summary>Planned: an address does not work, so another one is used.</summary>
    AddressReplaced,

    /// <summary>Task for a person: a formal letter may not be sent.</summary>
    LetterNotAllowed,

    /// <summary>Postponed: the minimum days since the last reminder have not passed.</summary>
    RecentNotice,

    /// <summary>Postponed: it was too early or too late in the customer's day.</summary>
    OutsideSendWindow,

    /// <summary>Postponed: a weekend or a public holiday of the customer.</summary>
    NonBusinessDay,

    /// <summary>Postponed: a day on which the policy sends no reminder.</summary>
    QuietDay,

    /// <summary>Nothing has come from a feed of payments for longer than is usual for it.</summary>
    FeedSilent,

    /// <summary>Postponed: the customer has got as many reminders as the law or the policy allows.</summary>
    ContactCap,

    /// <summary>Postponed: the rate of the channel is used up for the day.</summary>
    RateLimited,

    /// <summary>Sent: the provider confirmed it after the sender had stopped.</summary>
    ConfirmedByProvider,

    /// <summary>In doubt: the data were restored from a backup.</summary>
    Restored,

    /// <summary>Not delivered: the address is never used again.</summary>
    AddressDead,

    /// <summary>Charge waived: the reminder did not arrive.</summary>
    ReminderNotDelivered,

    /// <summary>Payment pending: amounts in another currency are never converted.</summary>
    CurrencyMismatch,

    /// <summary>Settled: the shortfall is within the policy's tolerance.</summary>
    WithinTolerance,

    /// <summary>Settled: more was paid than owed.</summary>
    Overpaid,

    /// <summary>Reopened: the payment was refunded.</summary>
    Refunded,

    /// <summary>Reopened: the payment was charged back.</summary>
    ChargedBack,

    /// <summary>Reopened or disputed: the customer disputes the payment with the provider.</summary>
    PaymentDisputed,

    /// <summary>Disputed: the same, and the invoice stays closed.</summary>
    PaymentDisputedAfterClosing,

    /// <summary>Reopened: a person took back the payment.</summary>
    PaymentRemoved,

    /// <summary>Reopened: a person took back the write-off.</summary>
    WriteOffRemoved,

    /// <summary>Reopened or payment failed: it had been reported as paid.</summary>
    FailedAfterAll,

    /// <summary>Reopened: less was paid than first reported.</summary>
    LessPaid,

    /// <summary>Resumed: the last day of the hold has passed.</summary>
    HoldOver,

    /// <summary>Resumed: a person approved the step.</summary>
    StepApproved,

    /// <summary>Scheduled: a person wants the step to be sent now.</summary>
    SendNow,

    /// <summary>Resumed: the awaited payment arrived or failed.</summary>
    PaymentOutcomeKnown,

    /// <summary>Resumed: the refund failed.</summary>
    RefundFailed,

    /// <summary>Resumed: the provider ended the dispute.</summary>
    DisputeOver,

    /// <summary>Task: the step needs a person.</summary>
    StepNeedsPerson,

    /// <summary>Task: an announced payment has not arrived.</summary>
    PaymentMissing,

    /// <summary>Task: nothing was heard of a collection.</summary>
    CollectionUnknown,

    /// <summary>
    /// Task: it is not clear which invoice a correction is about, or what was set off is no longer there.
    /// </summary>
    CorrectionUncertain,

    /// <summary>Task: the confirmation of a payment plan did not arrive.</summary>
    PlanNotConfirmed,

    /// <summary>Task: the money paid in advance is used up.</summary>
    RetainerUsedUp,

    /// <summary>Task: the policy is in no policies file any more.</summary>
    PolicyRemoved,

    /// <summary>Task: the invoice names an account that cannot be used.</summary>
    UnusableAccount,

    /// <summary>Task: several customers may be meant.</summary>
    CustomerUncertain,

    /// <summary>Task: there is no other address to use.</summary>
    NoAddressLeft,

    /// <summary>Replaced: a corrected invoice takes the place of this one.</summary>
    ReplacedBy,

    /// <summary>Replaced: this one takes the place of another.</summary>
    Replaces,

    /// <summary>Decided: a payment that could not be applied is tried again, or discarded.</summary>
    UnappliedPayment,

    /// <summary>Decided, paid or refunded: by a person, because the payment was listed as unmatched.</summary>
    UnmatchedPayment,

    /// <summary>Decided: an attempt to send failed.</summary>
    FailedAttempt,

    /// <summary>Decided: a message may have been sent.</summary>
    MessageInDoubt,

    /// <summary>Decided: two customers are one.</summary>
    CustomersMerged,
}
