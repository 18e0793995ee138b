namespace Dunning.Receivables;

/// <summary>
/// An outbox row: one message on one channel, from planning until its outcome is recorded as an event. In the state
/// <see cref="NoticeState.Sending"/> the message may or may not have been sent; only its sender, a later query of the
/// provider or a person may change the notice then.
/// </summary>
public sealed record Notice : StoredRecord
{
    /// <summary>
    /// A sender that has not finished this long after its claim has crashed. Must be longer than the function timeout
    /// in host.json.
    /// </summary>
    public static readonly TimeSpan ClaimTimeout = TimeSpan.FromMinutes(15);

    public required NoticeId Id { get; init; }
    public required CustomerId CustomerId { get; init; }
    public required Channel Channel { get; init; }
    public required NoticeTone Tone { get; init; }

    /// <summary>The invoices that it was planned for, each with the step that required this message.</summary>
    public required IReadOnlyList<NoticeLine> Lines { get; init; }

    /// <summary>Only with <see cref="NoticeTone.FollowUp"/>.</summary>
    public FollowUp? FollowUp { get; init; }

    /// <summary>A person asked for it to be sent now: it does not wait for a silent feed of payments.</summary>
    public bool IsRequestedByPerson { get; init; }

    /// <summary>
    /// Only of a copy: the channel of the message to the customer that it quotes, which may be sent before or after it.
    /// </summary>
    public Channel? QuotedChannel { get; init; }

    /// <summary>Whether it quotes the other notice to the customer's management or the account manager.</summary>
    public bool IsCopyOf(Notice other) =>
        this is { Channel: Channel.Escalation, IsReminder: true }
        && other.Id.Plan == Id.Plan
        && (QuotedChannel is null || QuotedChannel == other.Channel)
        && Lines.Any(line => other.Lines.Any(also => also.InvoiceId == line.InvoiceId));

    /// <summary>Only with <see cref="NoticeTone.PlanAgreed"/>: the plan that it confirms.</summary>
    public string? PlanId { get; init; }

    /// <summary>Only with <see cref="NoticeTone.Answer"/>.</summary>
    public NoticeAnswer? Answer { get; init; }

    /// <summary>Only with <see cref="NoticeTone.Statement"/>.</summary>
    public StatementPeriod? Period { get; init; }
    public required DateTimeOffset PlannedAt { get; init; }

    /// <summary>Not sent before this instant, UTC.</summary>
    public required DateTimeOffset NotBefore { get; init; }

    /// <summary>The time that the rate limiter reserved for sending, UTC; null until it has been asked.</summary>
    public DateTimeOffset? SendSlot { get; init; }
    public NoticeState State { get; init; }

    /// <summary>
    /// Random id of the claim. A sender whose commit succeeded and whose response was lost recognises its own claim by
    /// it.
    /// </summary>
    public string? Claim { get; init; }
    public DateTimeOffset? ClaimedAt { get; init; }

    /// <summary>
    /// Ids of the invoices that the claimed message names: the planned ones that still are demanded, and the customer's
    /// other open ones.
    /// </summary>
    public IReadOnlyList<string> InvoiceIds { get; init; } = [];

    /// <summary>
    /// How many more invoices the claimed message demands without naming them; the claim marks them all the same.
    /// </summary>
    public int UnnamedInvoices { get; init; }

    /// <summary>What the claimed message charges, announces and gives notice of; none for most messages.</summary>
    public IReadOnlyList<PlannedCharges> Charges { get; init; } = [];

    /// <summary>
    /// The recipients of the claimed message, the main recipient's address or number first. Stored because the
    /// customer's may have changed when a delivery report arrives.
    /// </summary>
    public IReadOnlyList<string> To { get; init; } = [];

    /// <summary>Of a letter, how it was printed; null before.</summary>
    public PrintedLetter? Printed { get; init; }

    /// <summary>SHA-256 of the claimed message's text, to recognise it in the provider's message list.</summary>
    public string? TextHash { get; init; }

    /// <summary>
    /// How often the provider postponed it or a recovery run enqueued it again: the wait doubles each time.
    /// </summary>
    public int RetryCount { get; init; }

    /// <summary>
    /// Why the sender does not know whether the provider accepted the message; null otherwise.
    /// </summary>
    public string? InDoubtReason { get; init; }

    /// <summary>
    /// The provider was queried about the message long enough after the attempt: asking again would give no other
    /// answer.
    /// </summary>
    public bool ProviderQueried { get; init; }

    /// <summary>When a recovery run last had the provider queried, UTC: the wait doubles each time.</summary>
    public DateTimeOffset? ProviderQueriedAt { get; init; }

    /// <summary>Key of the index row that lists it for a person; null while nobody has to decide.</summary>
    public string? FollowUpKey { get; init; }

    /// <summary>It is in doubt, and was found to be: a person decides.</summary>
    public bool WaitsForPerson =>
        State is NoticeState.Sending && (InDoubtReason is not null || ProviderQueried || ProviderQueriedAt is not null);

    /// <summary>What a person has to do about it; null for nothing.</summary>
    public FollowUpKind? FollowUpKind =>
        (WaitsForPerson, Channel) switch
        {
            (true, _) => Receivables.FollowUpKind.InDoubt,
            (_, Channel.Call) => Receivables.FollowUpKind.Call,
            (_, Channel.Letter) => Receivables.FollowUpKind.Letter,
            _ => null,
        };

    /// <summary>How often a person decided to send it again although it may have been sent.</summary>
    public int ResendCount { get; init; }

    /// <summary>
    /// The claim has timed out, so the message may or may not have been sent, and the provider has not been queried
    /// conclusively.
    /// </summary>
    public bool IsAbandoned(DateTimeOffset now) =>
        State is NoticeState.Sending && !ProviderQueried && ClaimedAt + ClaimTimeout <= now;

    /// <summary>It asks for money.</summary>
    public bool IsReminder => Tone.IsReminder();

    /// <summary>It has what a person wrote for this customer.</summary>
    public bool CanBePersonal => IsReminder || Tone is NoticeTone.ThankYou;

    /// <summary>It tells the customer what is owed.</summary>
    public bool NamesDebts => IsReminder || Tone is NoticeTone.Statement;

    /// <summary>A message that a sender has claimed and may be sending now.</summary>
    public bool MayBeBeingSent(DateTimeOffset now) =>
        State is NoticeState.Sending && InDoubtReason is null && !IsAbandoned(now);

    /// <summary>The notice as it was planned, without a claim and its outcome.</summary>
    public Notice Unclaimed() =>
        this with
        {
            State = NoticeState.Planned,
            Claim = null,
            ClaimedAt = null,
            InDoubtReason = null,
            ProviderQueried = false,
            InvoiceIds = [],
            UnnamedInvoices = 0,
            Charges = [],
        };

    /// <summary>
    /// The planned notice marked as claimed at the time of the backup: it may have been sent since. Recovery asks the
    /// provider, as for any notice whose sender stopped; the message id is still the same.
    /// </summary>
    public Notice RestoredFrom(DateTimeOffset backup, DateTimeOffset now) =>
        this with
        {
            State = NoticeState.Sending,
            Claim = RestoreClaim(now),
            ClaimedAt = backup,
            InvoiceIds = [.. Lines.Select(l => l.InvoiceId)],
        };

    /// <summary>
    /// The notice marked as in doubt: since the backup, its step may have been sent by a notice whose id is lost, so
    /// the provider cannot be asked and a person decides.
    /// </summary>
    public Notice MayHaveBeenSentSince(DateTimeOffset backup, DateTimeOffset now) =>
        RestoredFrom(backup, now) with
        {
            NotBefore = now,
            ClaimedAt = now,
            ProviderQueried = true,
            InDoubtReason =
                $"The data were restored from a backup of {backup:yyyy-MM-dd HH:mm} UTC, and the step fell due by "
                + $"{now:yyyy-MM-dd HH:mm} UTC: it may have been sent in between.",
        };

    private static string RestoreClaim(DateTimeOffset now) => Ids.Uuid($"dunning/restore/{now:O}").ToString("N");

    /// <summary>
    /// It is unknown whether the message was sent: the sender crashed, or received no clear response.
    /// </summary>
    public bool IsInDoubt(DateTimeOffset now) =>
        State is NoticeState.Sending && (InDoubtReason is not null || IsAbandoned(now));

    /// <summary>
    /// Identity of the message towards the provider: the same for all attempts, until a person decides to send it
    /// again.
    /// </summary>
    public string MessageName => ResendCount == 0 ? $"{CustomerId}/{Id}" : $"{CustomerId}/{Id}/again-{ResendCount}";

    /// <summary>
    /// The name of the claimed message in the archive. It contains the claim, so each attempt has its own.
    /// </summary>
    public string ArchivedAs => $"{CustomerId}/{Id}/{Claim}";

    /// <summary>
    /// Idempotency key for the provider, derived from <see cref="MessageName"/>: the same for all attempts.
    /// </summary>
    public Guid OperationId => Ids.Uuid($"dunning/notice/{MessageName}");
}

/// <summary>A letter on paper that is to be posted.</summary>
/// <param name="At">UTC.</param>
/// <param name="By">Who printed it.</param>
/// <param name="PostOn">The day from which its dates are counted: it is to be posted then, or before.</param>
/// <param name="PayBy">The day to pay by that it names; null for none.</param>
/// <param name="Owed">What it asks for, a sum per currency.</param>
public sealed record PrintedLetter(
    DateTimeOffset At,
    string By,
    DateOnly PostOn,
    DateOnly? PayBy,
    IReadOnlyList<Money> Owed
) : StoredRecord
{
    /// <summary>The names of the files that go into the envelope with it.</summary>
    public IReadOnlyList<string> Enclosures { get; init; } = [];
}

public enum NoticeState
{
    Planned,
    Sending,

    /// <summary>A letter that is printed, and of which nobody has said that it was posted.</summary>
    Printed,
}

/// <param name="Step">Id of the step that required the message.</param>
/// <param name="Before">
/// Id of the step that the invoice had reached before; it returns there when nothing was sent.
/// </param>
public sealed record NoticeLine(string InvoiceId, StepId? Step, StepId? Before = null) : StoredRecord;
