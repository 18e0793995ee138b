namespace Dunning.Local.MailViewer;

/// <summary>The body of <c>emails:send</c>; members have the names of the protocol.</summary>
internal sealed record AcsMail(
    string? SenderAddress,
    AcsContent? Content,
    AcsRecipients? Recipients,
    IReadOnlyList<AcsAddress>? ReplyTo,
    IReadOnlyDictionary<string, string>? Headers,
    IReadOnlyList<SentAttachment>? Attachments
)
{
    /// <summary>The limit of the service.</summary>
    private const int MaxRecipients = 50;

    public string? ValidationError =>
        this switch
        {
            { SenderAddress: null or "" } => "senderAddress is required.",
            { Content: null } or { Content.Subject: null } => "content.subject is required.",
            { Content: { Html: null, PlainText: null } } => "content.html or content.plainText is required.",
            _ when Recipients is null or { Count: 0 } => "A recipient is required.",
            _ when Recipients.Count > MaxRecipients => "There are more than 50 recipients.",
            _ => null,
        };

    public SentEmail ToSentEmail(string id, DateTimeOffset now) =>
        new()
        {
            Id = id,
            SentAt = now,
            From = SenderAddress!,
            To = Format(Recipients!.To),
            Cc = Format(Recipients.Cc),
            Bcc = Format(Recipients.Bcc),
            ReplyTo = Format(ReplyTo),
            Subject = Content!.Subject!,
            Html = Content.Html,
            Plain = Content.PlainText,
            Headers = Headers ?? new Dictionary<string, string>(),
            Attachments = Attachments ?? [],
        };

    private static string[] Format(IReadOnlyList<AcsAddress>? addresses) =>
        [
            .. (addresses ?? []).Select(a =>
                string.IsNullOrEmpty(a.DisplayName) ? a.Address : $"{a.DisplayName} <{a.Address}>"
            ),
        ];
}

internal sealed record AcsContent(string? Subject, string? PlainText, string? Html);

internal sealed record AcsRecipients(
    IReadOnlyList<AcsAddress>? To,
    IReadOnlyList<AcsAddress>? Cc,
    IReadOnlyList<AcsAddress>? Bcc
)
{
    public int Count => (To?.Count ?? 0) + (Cc?.Count ?? 0) + (Bcc?.Count ?? 0);
}

internal sealed record AcsAddress(string Address, string? DisplayName);
