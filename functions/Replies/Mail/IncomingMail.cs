namespace Dunning.Replies.Mail;

/// <summary>A received email, as far as the program deals with it.</summary>
/// <param name="Id">See <see cref="Receivables.Reply.Id"/>.</param>
/// <param name="From">The sender's address; empty when there is none.</param>
/// <param name="Text">All of its text.</param>
internal sealed record IncomingMail(string Id, string From, string Subject, string Text)
{
    /// <summary>Without angle brackets; null when it has none.</summary>
    public string? MessageId { get; init; }

    /// <summary>The Message-IDs that it answers, the newest first.</summary>
    public IReadOnlyList<string> References { get; init; } = [];
    public MailKind Kind { get; init; }

    /// <summary>Only of <see cref="MailKind.Bounce"/>.</summary>
    public Bounce? Bounce { get; init; }
    public IReadOnlyList<IncomingAttachment> Attachments { get; init; } = [];

    /// <summary>Where a number of an invoice may stand.</summary>
    public string SubjectAndText => $"{Subject}\n{Text}";
}

/// <param name="Content">Null when only the name is kept.</param>
internal sealed record IncomingAttachment(string Name, string ContentType, long Size, byte[]? Content);

internal enum MailKind
{
    /// <summary>A person wrote it.</summary>
    Message,

    /// <summary>No person wrote it: an out-of-office message, for example.</summary>
    Automatic,

    /// <summary>A message could not be delivered, for good.</summary>
    Bounce,
}
