namespace Dunning.Receivables;

/// <summary>What a person answers to a message of a customer.</summary>
/// <param name="ReplyId">See <see cref="Reply.Id"/>.</param>
/// <param name="To">Who wrote that message: an email address or a phone number.</param>
public sealed record NoticeAnswer(string ReplyId, string To, string Text) : StoredRecord
{
    /// <summary>Of the customer's email.</summary>
    public string? Subject { get; init; }

    /// <summary>The customer's email; null when the message came in another way.</summary>
    public ReceivedMail? Mail { get; init; }
}
