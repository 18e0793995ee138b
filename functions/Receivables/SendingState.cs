namespace Dunning.Receivables;

/// <summary>Whether messages may be sent, and who changed that, when and why. Without a change they may.</summary>
/// <param name="Changes">Newest first.</param>
public sealed record SendingState(IReadOnlyList<SendingChange> Changes) : StoredRecord
{
    private const int MaxChanges = 50;

    public static readonly SendingState Initial = new([]);

    /// <summary>
    /// When the backup was made from which the data were restored, UTC. What was sent since is not in the data, until
    /// sending is started and a person is asked about it. Null when the data were not restored.
    /// </summary>
    public DateTimeOffset? RestoredFrom { get; init; }

    /// <summary>The stop that is in force; null while messages are sent.</summary>
    public SendingChange? Stop => Changes is [{ IsStop: true } newest, ..] ? newest : null;

    /// <summary>Unchanged when it is stopped already: the first reason stays.</summary>
    public SendingState Stopped(string by, string reason, DateTimeOffset now) =>
        Stop is null ? With(new SendingChange(IsStop: true, now, by, reason)) : this;

    public SendingState Started(string by, string reason, DateTimeOffset now) =>
        Stop is null ? this : With(new SendingChange(IsStop: false, now, by, reason)) with { RestoredFrom = null };

    private SendingState With(SendingChange change) =>
        this with
        {
            Changes = [change, .. Changes.Take(MaxChanges - 1)],
        };
}

/// <param name="IsStop">False for a start.</param>
/// <param name="At">UTC.</param>
public sealed record SendingChange(bool IsStop, DateTimeOffset At, string By, string Reason) : StoredRecord;
