namespace Dunning.Receivables;

public enum Channel
{
    Email,
    Sms,

    /// <summary>
    /// A copy to the customer's management and the account manager; tasks for the account manager go the same way.
    /// </summary>
    Escalation,
}

/// <summary>
/// An outbox row: one message on one channel, from the moment it is planned until it has become an event. While it says
/// <see cref="NoticeState.Sending"/> the message may or may not have left; only its sender or a person moves it on.
/// </summary>
public sealed record Notice
{
    /// <summary>
    /// Longer than any sender may take, the host's function timeout (host.json) included: whoever has not finished by
    /// then is dead.
    /// </summary>
    public static readonly TimeSpan ClaimTimeout = TimeSpan.FromMinutes(15);

    public required string Id { get; init; }
    public required string CustomerId { get; init; }
    public required Channel Channel { get; init; }
    public required NoticeTone Tone { get; init; }

    /// <summary>The invoices it speaks for, each with the step that asked for this message.</summary>
    public required IReadOnlyList<NoticeLine> Lines { get; init; }

    /// <summary>What a person is asked to do; only with <see cref="NoticeTone.FollowUp"/>.</summary>
    public string? FollowUp { get; init; }
    public required DateTimeOffset PlannedAt { get; init; }

    /// <summary>Not sent before this instant, UTC.</summary>
    public required DateTimeOffset NotBefore { get; init; }

    /// <summary>When the provider's quota has room for it, UTC; null until it has asked for its turn.</summary>
    public DateTimeOffset? SendSlot { get; init; }
    public NoticeState State { get; init; }

    /// <summary>Whose claim it is: a sender that lost the answer to its own claim recognises it.</summary>
    public string? Claim { get; init; }
    public DateTimeOffset? ClaimedAt { get; init; }

    /// <summary>
    /// The invoices that the claimed message names: those it was planned for and still asks for, and what else is owed.
    /// </summary>
    public IReadOnlyList<string> InvoiceIds { get; init; } = [];

    /// <summary>
    /// Where the claimed message goes, the reader's own address or number first: the customer's may change before
    /// anybody asks.
    /// </summary>
    public IReadOnlyList<string> To { get; init; } = [];

    /// <summary>SHA-256 of the claimed message's text: it is known again by that.</summary>
    public string? TextHash { get; init; }

    /// <summary>
    /// How often a provider has put it off, or Recover had to enqueue it again: each time the wait doubles.
    /// </summary>
    public int RetryCount { get; init; }

    /// <summary>What the sender knows when it cannot tell whether the message left.</summary>
    public string? InDoubtReason { get; init; }

    /// <summary>
    /// The provider was asked what became of it, long after the attempt: what it could not tell then, it never will.
    /// </summary>
    public bool ProviderQueried { get; init; }

    /// <summary>When Recover last had the provider asked: each time the wait doubles.</summary>
    public DateTimeOffset? ProviderQueriedAt { get; init; }

    /// <summary>How often a person has decided that it goes out again although it may have been sent.</summary>
    public int ResendCount { get; init; }

    /// <summary>
    /// Claimed by a sender that has died since, or that does not know: the message may or may not have left, and nobody
    /// has asked yet.
    /// </summary>
    public bool IsAbandoned(DateTimeOffset now) =>
        State is NoticeState.Sending && !ProviderQueried && ClaimedAt + ClaimTimeout <= now;

    public bool IsReminder => Tone is not (NoticeTone.ThankYou or NoticeTone.FollowUp);

    /// <summary>A reminder whose sender is at work.</summary>
    public bool MayBeInFlight(DateTimeOffset now) =>
        IsReminder && State is NoticeState.Sending && InDoubtReason is null && !IsAbandoned(now);

    /// <summary>Nobody knows whether it left: its sender has died, or could not tell.</summary>
    public bool IsInDoubt(DateTimeOffset now) =>
        State is NoticeState.Sending && (InDoubtReason is not null || IsAbandoned(now));

    /// <summary>
    /// What providers see as one message, whatever the number of tries; only a person's decision makes it another.
    /// </summary>
    public string MessageName => ResendCount == 0 ? $"{CustomerId}/{Id}" : $"{CustomerId}/{Id}/again-{ResendCount}";

    /// <summary>The provider's duplicate guard.</summary>
    public Guid OperationId => Ids.Uuid($"dunning/notice/{MessageName}");
}

public enum NoticeState
{
    Planned,
    Sending,
}

/// <param name="Step">The step that asked for the message.</param>
/// <param name="Before">
/// The step the invoice was at before: where it goes back to when nothing was sent after all.
/// </param>
public sealed record NoticeLine(string InvoiceId, string? Step, string? Before = null);
