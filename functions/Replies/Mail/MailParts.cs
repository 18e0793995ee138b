using MimeKit;

namespace Dunning.Replies.Mail;

/// <summary>The parts of a message, without the containers, in their order.</summary>
internal static class MailParts
{
    /// <summary>A person's message has a few; further ones are not read.</summary>
    private const int Max = 200;

    public static IReadOnlyList<MimeEntity> Of(MimeMessage message)
    {
        List<MimeEntity> parts = [];
        var waiting = new Stack<MimeEntity>();
        if (message.Body is not null)
            waiting.Push(message.Body);
        while (waiting.TryPop(out var entity) && parts.Count < Max)
        {
            if (entity is not Multipart container)
                parts.Add(entity);
            else
                foreach (var part in container.Take(Max).Reverse())
                    waiting.Push(part);
        }
        return parts;
    }

    /// <summary>Text that is shown as the message.</summary>
    public static bool IsShown(this MimeEntity part) =>
        part is TextPart { IsAttachment: false } text && (text.IsPlain || text.IsHtml);
}
