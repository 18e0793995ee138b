using System.Text.Json.Serialization;

namespace Dunning.Receivables;

/// <summary>What a person decided about a failed or in-doubt message, or about an unmatched payment.</summary>
/// <param name="By">The person, as given in the request; not verified.</param>
/// <param name="Note">The person's reason.</param>
public sealed record OperatorDecision(OperatorDecisionKind Kind, string? By, string? Note, DateTimeOffset At)
    : StoredRecord
{
    /// <summary>To append to a sentence: <c> by Maya: the customer has it</c>.</summary>
    public override string ToString() => Words(By, Note);

    internal static string Words(string? by, string? note) =>
        (by is null ? " by a person" : $" by {by}") + (note is null ? "" : $": {note}");
}

/// <summary>
/// The attribute is needed because the Functions host deserialises queue messages without our
/// <c>JsonSerializerOptions</c>.
/// </summary>
[JsonConverter(typeof(JsonStringEnumConverter<OperatorDecisionKind>))]
public enum OperatorDecisionKind
{
    /// <summary>An in-doubt message counts as sent.</summary>
    Sent,

    /// <summary>An in-doubt message is sent again.</summary>
    SentAgain,

    /// <summary>An in-doubt message is not sent again.</summary>
    Dropped,

    /// <summary>A failed queue message is enqueued again.</summary>
    Replayed,

    /// <summary>A failed queue message is discarded; its work is not done.</summary>
    Discarded,

    /// <summary>An unmatched payment is assigned to invoices.</summary>
    Assigned,

    /// <summary>An unmatched payment was given back.</summary>
    Refunded,

    /// <summary>Nothing is to be done about an unmatched payment.</summary>
    Dismissed,
}
