namespace Dunning.Receivables;

/// <summary>A sentence or two that a person adds to the reminders and thank-yous about an invoice.</summary>
/// <param name="Once">Only in the next message.</param>
public sealed record PersonalLine(string Text, bool Once) : StoredRecord
{
    /// <summary>
    /// Of one that is used once: the message that has it. A repeated attempt and a copy of it have it, too.
    /// </summary>
    public NoticeId? UsedIn { get; init; }

    public bool IsFor(NoticeId notice) => UsedIn is not { } used || used.Plan == notice.Plan;

    /// <summary>When the notice is claimed.</summary>
    public PersonalLine UsedBy(Notice notice) =>
        Once && UsedIn is null && notice is { CanBePersonal: true, Channel: Channel.Email }
            ? this with
            {
                UsedIn = notice.Id,
            }
            : this;
}
