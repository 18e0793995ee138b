using System.Text;
using System.Text.RegularExpressions;
using Dunning.Notices.Delivery;
using Dunning.Notices.Letters;
using MimeKit;

namespace Dunning.Notices.Email;

/// <summary>An email that is ready to be sent.</summary>
public sealed record OutgoingEmail
{
    /// <summary>The same for every attempt to send this notice, so that the provider can detect duplicates.</summary>
    public required Guid OperationId { get; init; }
    public required Mailbox From { get; init; }
    public required IReadOnlyList<Mailbox> To { get; init; }
    public IReadOnlyList<Mailbox> Cc { get; init; } = [];

    /// <summary>The person who answers; when null, replies go to the sender address.</summary>
    public Mailbox? ReplyTo { get; init; }
    public required EmailText Text { get; init; }

    public IReadOnlyList<MessageFile> Attachments { get; init; } = [];

    /// <summary>Attachments and pictures.</summary>
    public IEnumerable<MessageFile> Files => Attachments.Concat(Text.Images);

    /// <summary>See <see cref="EmailHeaders.Create"/>.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>The email as the gateways take it, without what a provider's protocol adds.</summary>
    public MessageContent Content =>
        new()
        {
            From = From.ToText(),
            To = [.. To.Select(mailbox => mailbox.ToText())],
            Cc = [.. ValidCc.Select(mailbox => mailbox.ToText())],
            ReplyTo = ReplyTo?.ToText(),
            Subject = Subject,
            Headers = Headers,
            Html = Text.Html,
            Text = Text.Plain,
            // A document of an invoice is kept once, however often it is sent.
            Files = Files.Select(file => file.BlobName is null ? file : file with { Content = null }).ToList()
                is { Count: > 0 } files
                ? files
                : null,
        };

    private string Subject => BreakEncodedWords(UntrustedText.Clean(Text.Subject));

    private IEnumerable<Mailbox> ValidCc => Cc.Where(copy => copy.IsValid);

    /// <summary>
    /// The email in the form of RFC 5322. Both gateways take headers and addresses from it.
    /// </summary>
    /// <exception cref="ParseException">An address in To is invalid. An invalid address in Cc is left out.</exception>
    public MimeMessage ToMimeMessage(DateTimeOffset date)
    {
        var message = new MimeMessage { Date = date, Subject = Subject };
        message.From.Add(From.ToMailbox());
        message.To.AddRange(To.Select(mailbox => mailbox.ToMailbox()));
        message.Cc.AddRange(ValidCc.Select(copy => copy.ToMailbox()));
        if (ReplyTo is { } reply)
            message.ReplyTo.Add(reply.ToMailbox());
        foreach (var (name, value) in Headers)
            message.Headers.Replace(new Header(name, value));
        message.Body = Body;
        return message;
    }

    /// <summary>Plain text first, the preferred format last (RFC 2046 section 5.1.4); files behind them.</summary>
    private MimeEntity Body
    {
        get
        {
            // The pictures are beside the HTML that shows them (RFC 2387).
            MimeEntity html =
                Text.Images.Count == 0
                    ? Part("html", Text.Html)
                    : new MultipartRelated([Part("html", Text.Html), .. Text.Images.Select(Part)]);
            var text = new MultipartAlternative { Part("plain", Text.Plain), html };
            return Attachments.Count == 0 ? text : new Multipart("mixed", [text, .. Attachments.Select(Part)]);
        }
    }

    /// <summary>The outcome of a <see cref="ParseException"/>, for both gateways.</summary>
    internal static SendOutcome InvalidAddress { get; } =
        new SendOutcome.Rejected("bad_address", "The recipient's email address is invalid.", AddressIsDead: true);

    /// <summary>
    /// Breaks up what looks like an encoded word (RFC 2047): a mail client would decode it into arbitrary text,
    /// including line breaks.
    /// </summary>
    internal static string BreakEncodedWords(string text) => text.Replace("=?", "= ?", StringComparison.Ordinal);

    private static MimePart Part(MessageFile file) =>
        new(MimeKit.ContentType.Parse(file.ContentType))
        {
            ContentId = file.ContentId,
            ContentDisposition = new ContentDisposition(
                file.ContentId is null ? ContentDisposition.Attachment : ContentDisposition.Inline
            )
            {
                FileName = file.Name,
            },
            ContentTransferEncoding = ContentEncoding.Base64,
            Content = new MimeContent(new MemoryStream(file.Content!, writable: false)),
        };

    private static TextPart Part(string subtype, string text) =>
        new(subtype) { Text = text, ContentTransferEncoding = ContentEncoding.QuotedPrintable };
}

public sealed partial record Mailbox(string Address, string? Name = null)
{
    public bool IsValid => MailboxAddress.TryParse(Address, out _);

    /// <summary>Name and address; the address alone where there is no name.</summary>
    public string ToText() => CleanName is { Length: > 0 } name ? $"{name} <{Address}>" : Address;

    /// <exception cref="ParseException">The address is invalid.</exception>
    public MailboxAddress ToMailbox() => new(CleanName, Address);

    // Cleaned first: what is removed could have kept the two halves of an encoded word apart.
    private string? CleanName =>
        Name is null ? null : OutgoingEmail.BreakEncodedWords(SplitWords(UntrustedText.Clean(Name)));

    /// <summary>
    /// MimeKit encodes a word beyond ASCII, or too long for a line, up to its second quote or its bracket, without the
    /// white space that RFC 2047 section 5 demands after an encoded word: <c>"Zoë", Bar</c> would be shown in its code.
    /// </summary>
    private static string SplitWords(string name) =>
        Ascii.IsValid(name) && !LongWord().IsMatch(name)
            ? name
            : ClosingBracket().Replace(name.Replace('"', '”'), ") ");

    [GeneratedRegex("[^ ]{40}")]
    private static partial Regex LongWord();

    [GeneratedRegex(@"\)(?! |\z)")]
    private static partial Regex ClosingBracket();
}
