using Dunning.Notices.Delivery;
using Dunning.Notices.Letters;
using MimeKit;

namespace Dunning.Notices.Email;

/// <summary>A mail ready to go.</summary>
public sealed record OutgoingEmail
{
    /// <summary>The same for every attempt to send this notice: what a provider's duplicate guard goes by.</summary>
    public required Guid OperationId { get; init; }
    public required Mailbox From { get; init; }
    public required IReadOnlyList<Mailbox> To { get; init; }
    public IReadOnlyList<Mailbox> Cc { get; init; } = [];

    /// <summary>The person who answers; replies go to the sender's address when null.</summary>
    public Mailbox? ReplyTo { get; init; }
    public required EmailText Text { get; init; }

    /// <summary>See <see cref="EmailHeaders.Headers"/>.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// The mail as RFC 5322 writes it. Every way of sending takes its headers and addresses from here.
    /// </summary>
    /// <exception cref="ParseException">An addressee is not an email address. Such a copy is left out.</exception>
    public MimeMessage ToMimeMessage(DateTimeOffset date)
    {
        var message = new MimeMessage { Date = date, Subject = Unencoded(Text.Subject) };
        message.From.Add(From.ToMailbox());
        message.To.AddRange(To.Select(mailbox => mailbox.ToMailbox()));
        message.Cc.AddRange(Cc.Where(copy => copy.IsWritable).Select(copy => copy.ToMailbox()));
        if (ReplyTo is { } reply)
            message.ReplyTo.Add(reply.ToMailbox());
        foreach (var (name, value) in Headers)
            message.Headers.Replace(new Header(name, value));
        // multipart/alternative, plainest first (RFC 2046 section 5.1.4).
        message.Body = new MultipartAlternative { Part("plain", Text.Plain), Part("html", Text.Html) };
        return message;
    }

    /// <summary>The outcome of a <see cref="ParseException"/>, whichever way the mail was to go.</summary>
    internal static SendOutcome NotAnAddress { get; } =
        new SendOutcome.Rejected("bad_address", "An address of the mail is not an email address.", AddressIsDead: true);

    /// <summary>
    /// What looks like an encoded word (RFC 2047) would be decoded by a mail program, into anything, line breaks
    /// included.
    /// </summary>
    internal static string Unencoded(string text) => text.Replace("=?", "= ?", StringComparison.Ordinal);

    private static TextPart Part(string subtype, string text) =>
        new(subtype) { Text = text, ContentTransferEncoding = ContentEncoding.QuotedPrintable };
}

public sealed record Mailbox(string Address, string? Name = null)
{
    public bool IsWritable => MailboxAddress.TryParse(Address, out _);

    /// <exception cref="ParseException">The address is not an email address.</exception>
    public MailboxAddress ToMailbox() => new(Name is null ? null : OutgoingEmail.Unencoded(Name), Address);
}
