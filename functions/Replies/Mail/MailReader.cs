using System.Text;
using Dunning.Notices.Letters;
using Dunning.Receivables;
using MimeKit;
using MimeKit.Utils;

namespace Dunning.Replies.Mail;

/// <summary>
/// Reads an email (RFC 5322). Whatever it contains is read within bounds, and nothing of it is fetched.
/// </summary>
internal static class MailReader
{
    /// <summary>Of one header or name, in characters.</summary>
    private const int MaxLine = 300;

    private const int MaxReferences = 30;

    /// <summary>Deeper parts are not read: MimeKit takes them as the text of the part that contains them.</summary>
    private static readonly ParserOptions _options = new() { MaxMimeDepth = 20 };

    /// <param name="isCut">
    /// Only the beginning of the message was fetched: its attachments are named and not kept.
    /// </param>
    public static IncomingMail Read(byte[] raw, bool isCut = false)
    {
        try
        {
            using var stream = new MemoryStream(raw);
            using var message = MimeMessage.Load(_options, stream);
            return Read(message, raw, isCut);
        }
        catch (FormatException)
        {
            return new IncomingMail(IdOf(Encoding.Latin1.GetString(raw)), "", "", "");
        }
    }

    /// <summary>Whether it has a sender; without one it is no email.</summary>
    public static bool HasSender(byte[] raw)
    {
        try
        {
            using var stream = new MemoryStream(raw);
            var headers = HeaderList.Load(_options, stream);
            return new[] { headers[HeaderId.From], headers[HeaderId.Sender] }.Any(IsSender);
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static bool IsSender(string? header) =>
        header is not null
        && InternetAddressList.TryParse(_options, header, out var senders)
        && senders.Mailboxes.Any(sender => Line(sender.Address).Length > 0);

    private static IncomingMail Read(MimeMessage message, byte[] raw, bool isCut)
    {
        var parts = MailParts.Of(message);
        var text = MailText.Of(parts);
        var from = message.From.Mailboxes.FirstOrDefault() ?? message.Sender;
        var bounce = Bounce.Read(message, parts, raw, text);
        return new IncomingMail(
            IdOf(message.MessageId ?? $"{message.Headers[HeaderId.Date]}\n{from}\n{message.Subject}\n{text}"),
            Line(from?.Address),
            Line(message.Subject),
            text
        )
        {
            MessageId = message.MessageId is { } id ? Line(id) : null,
            References = ReferencesOf(message),
            Kind =
                bounce is not null ? MailKind.Bounce
                : AutomaticMail.Is(message) ? MailKind.Automatic
                : MailKind.Message,
            Bounce = bounce,
            Attachments = MailAttachments.Of(parts, isCut),
        };
    }

    private static string IdOf(string text) => Ids.Hash('m', text);

    private static string Line(string? text) => CutText.To(UntrustedText.Clean(text ?? ""), MaxLine);

    private static IReadOnlyList<string> ReferencesOf(MimeMessage message) =>
        [
            .. MimeUtils
                .EnumerateReferences(message.Headers[HeaderId.InReplyTo] ?? "")
                .Concat(message.References.Reverse())
                .Select(Line)
                .Distinct()
                .Take(MaxReferences),
        ];
}
