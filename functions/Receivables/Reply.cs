using System.Text.Json.Serialization;

namespace Dunning.Receivables;

/// <summary>What a customer answered, by SMS, by email or on the portal, and what became of it.</summary>
/// <param name="Id">
/// The same for the same message, however often it is received: Twilio's id of an SMS, for an email a hash of its
/// Message-ID. Its stored name is that of the first release, which had SMS only.
/// </param>
/// <param name="From">A phone number (E.164) or an email address.</param>
/// <param name="CustomerId">Whose answer it is; null when that is not known.</param>
/// <param name="Body">The customer's words, without what is quoted of our own message.</param>
/// <param name="Meaning">How it was classified.</param>
/// <param name="At">When we received it, UTC.</param>
public sealed record Reply(
    [property: JsonPropertyName("messageSid")] string Id,
    string From,
    CustomerId? CustomerId,
    string Body,
    ReplyMeaning Meaning,
    DateTimeOffset At
) : StoredRecord
{
    public ReplyChannel Channel { get; init; }

    /// <summary>Only of an email.</summary>
    public string? Subject { get; init; }

    /// <summary>Only of an email.</summary>
    public ReceivedMail? Mail { get; init; }

    /// <summary>Ids of the customer's invoices that it is about, as far as that is known.</summary>
    public IReadOnlyList<string> InvoiceIds { get; init; } = [];

    /// <summary>The customers among whom a person decides; empty when it is known whose answer it is.</summary>
    public IReadOnlyList<CustomerId> Suggestions { get; init; } = [];
    public IReadOnlyList<ReplyAttachment> Attachments { get; init; } = [];

    /// <summary>Only of an answer on the portal.</summary>
    public PortalAnswer? Portal { get; init; }

    /// <summary>A person is to answer it; until that is done, the customer gets no reminders.</summary>
    public bool NeedsAnswer { get; init; }

    /// <summary>Null while nobody has answered.</summary>
    public NoteDone? Done { get; init; }

    /// <summary>UTC; set when a person has put the answer off.</summary>
    public DateTimeOffset? Due { get; init; }

    /// <summary>What we answered, oldest first.</summary>
    public IReadOnlyList<Answer> Answers { get; init; } = [];

    [JsonIgnore]
    public bool HasFiles =>
        Mail?.BlobName is not null || Attachments.Any(attachment => attachment.BlobName is not null);

    [JsonIgnore]
    public bool IsOpen => NeedsAnswer && Done is null;

    /// <summary>It is a question or a wish, about which a person decides.</summary>
    [JsonIgnore]
    public bool AsksPerson =>
        Meaning
            is ReplyMeaning.Message
                or ReplyMeaning.AsksForTime
                or ReplyMeaning.AsksForPlan
                or ReplyMeaning.NamesContact;

    /// <summary>
    /// The reply waits for an answer again, because this one did not arrive. Repeating it changes nothing.
    /// </summary>
    public Reply WithLostAnswer(NoticeId notice) =>
        Answers.Any(answer => answer.NoticeId == notice && !answer.IsLost)
            ? this with
            {
                NeedsAnswer = true,
                Done = null,
                Due = null,
                Answers =
                [
                    .. Answers.Select(answer => answer.NoticeId == notice ? answer with { IsLost = true } : answer),
                ],
            }
            : this;

    /// <summary>The beginning of the words; never half of a surrogate pair.</summary>
    public string Excerpt(int max) => Body.Length <= max ? Body : $"{CutText.To(Body, max).TrimEnd()} …";

    /// <summary>Takes the place of the customer id in the row key, for senders whom no customer is known by.</summary>
    public static readonly CustomerId UnknownSender = new("nobody");
}

public enum ReplyChannel
{
    Sms,
    Email,
    Portal,
}

public enum ReplyMeaning
{
    /// <summary>A message for a person to answer.</summary>
    Message,

    /// <summary>Opts out of SMS.</summary>
    Stop,

    /// <summary>Opts in to SMS again.</summary>
    Start,
    Help,

    /// <summary>No person wrote it: an out-of-office message, for example.</summary>
    Automatic,

    /// <summary>A promise to pay by a day that the policy allows.</summary>
    WillPay,

    /// <summary>Asks for a later day than the policy allows.</summary>
    AsksForTime,
    HasPaid,
    AsksForPlan,
    Disputes,

    /// <summary>Names somebody else who should get the messages.</summary>
    NamesContact,

    /// <summary>Changes the language, the channel, or which messages come.</summary>
    Preferences,
}

/// <summary>What an answer to an email needs, and where the message is kept as it was received.</summary>
/// <param name="MessageId">Without angle brackets; null when the message had none.</param>
/// <param name="References">The Message-IDs of the thread before it, oldest first.</param>
/// <param name="BlobName">In the container of received messages.</param>
public sealed record ReceivedMail(string? MessageId, IReadOnlyList<string> References, string? BlobName) : StoredRecord;

/// <param name="Size">In bytes.</param>
/// <param name="BlobName">In the container of received messages; null when only its name is kept.</param>
public sealed record ReplyAttachment(string Name, string ContentType, long Size, string? BlobName) : StoredRecord;

/// <summary>A reply that waits for an answer, as the customer's row knows it.</summary>
/// <param name="Id">See <see cref="Reply.Id"/>.</param>
/// <param name="Since">UTC.</param>
public sealed record OpenReply(string Id, DateTimeOffset Since) : StoredRecord
{
    /// <summary>
    /// How many a customer keeps: its row is read with every decision. Further ones are listed all the same.
    /// </summary>
    public const int MaxCount = 50;
}

/// <summary>An answer of a person to a customer's reply.</summary>
/// <param name="At">UTC.</param>
public sealed record Answer(NoticeId NoticeId, DateTimeOffset At, string By, string Text) : StoredRecord
{
    /// <summary>The message was not sent, or did not arrive: the reply waits for another answer.</summary>
    public bool IsLost { get; init; }
}

/// <summary>What a customer chose on the portal; <see cref="Reply.Body"/> says it in the creditor's language.</summary>
/// <param name="Link">The link by which it came.</param>
public sealed record PortalAnswer(string Link) : StoredRecord
{
    /// <summary>Who made a change, in the history of an invoice.</summary>
    public const string By = "customer (portal)";

    /// <summary>The customer's own words.</summary>
    public string? Text { get; init; }

    /// <summary>The promised day, the day of the payment, or that of the first part.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>How many parts are asked for.</summary>
    public int? Parts { get; init; }

    /// <summary>UTC; null while it stands.</summary>
    public DateTimeOffset? TakenBackAt { get; init; }
}
