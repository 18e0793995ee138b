using System.Text.RegularExpressions;
using Dunning.Notices.Letters;
using Dunning.Receivables;
using MimeKit;

namespace Dunning.Replies.Mail;

/// <summary>The attachments of a message: the first ones are kept, the others are only named.</summary>
internal static partial class MailAttachments
{
    private const int MaxNamed = 50;
    private const int MaxKept = 10;
    private const int MaxKeptBytes = 10 * 1024 * 1024;
    private const int MaxName = 100;
    private const string UnknownType = "application/octet-stream";

    public static IReadOnlyList<IncomingAttachment> Of(IReadOnlyList<MimeEntity> parts, bool isCut)
    {
        List<IncomingAttachment> attachments = [];
        var (kept, bytes) = (0, 0L);
        foreach (var part in parts.Where(part => !part.IsShown() && part is not MessageDeliveryStatus).Take(MaxNamed))
        {
            var content = ContentOf(part);
            var isKept = !isCut && kept < MaxKept && bytes + content.LongLength <= MaxKeptBytes;
            if (isKept)
                (kept, bytes) = (kept + 1, bytes + content.LongLength);
            attachments.Add(new(NameOf(part), TypeOf(part), content.LongLength, isKept ? content : null));
        }
        return attachments;
    }

    private static byte[] ContentOf(MimeEntity part)
    {
        using var content = new MemoryStream();
        if (part is MimePart { Content: { } encoded })
            encoded.DecodeTo(content);
        else
            part.WriteTo(content, contentOnly: true);
        return content.ToArray();
    }

    private static string NameOf(MimeEntity part)
    {
        var given =
            part.ContentDisposition?.FileName ?? part.ContentType.Name ?? (part as MessagePart)?.Message?.Subject;
        var name = UntrustedText.Clean(Separators().Replace(given ?? "", "-"));
        return name.Length == 0 ? "attachment" : CutText.To(name, MaxName);
    }

    private static string TypeOf(MimeEntity part) =>
        part.ContentType.MimeType.ToLowerInvariant() is var type && MediaType().IsMatch(type) ? type : UnknownType;

    [GeneratedRegex("""[/\\:*?"<>|]""")]
    private static partial Regex Separators();

    [GeneratedRegex("^[a-z0-9][a-z0-9.+-]{0,60}/[a-z0-9][a-z0-9.+-]{0,80}$")]
    private static partial Regex MediaType();
}
