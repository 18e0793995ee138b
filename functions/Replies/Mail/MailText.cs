using System.Text;
using Dunning.Receivables;
using MimeKit;

namespace Dunning.Replies.Mail;

/// <summary>The text of a message: its plain text, or that of its HTML. Foreign HTML is never shown.</summary>
internal static class MailText
{
    /// <summary>In characters; the rest stays in the message as it was received.</summary>
    public const int MaxLength = 20_000;

    /// <summary>HTML says in much more space what its text says.</summary>
    private const int MaxRead = 20 * MaxLength;

    public static string Of(IReadOnlyList<MimeEntity> parts)
    {
        var shown = parts.Where(part => part.IsShown()).Cast<TextPart>().ToList();
        var plain = Clean(string.Join('\n', shown.Where(text => text.IsPlain).Select(TextOf)));
        return plain.Length > 0 || shown.Find(text => text.IsHtml) is not { } html
            ? plain
            : Clean(HtmlText.Of(TextOf(html)));
    }

    private static string TextOf(TextPart part) => CutText.To(part.Text ?? "", MaxRead);

    /// <summary>Well-formed Unicode without control characters and invisible ones.</summary>
    private static string Clean(string text)
    {
        var cleaned = new StringBuilder();
        foreach (var rune in InvisibleCharacters.Remove(text.ReplaceLineEndings("\n")).EnumerateRunes())
        {
            if (cleaned.Length >= MaxLength)
                break;
            if (rune.Value is '\n' || !Rune.IsControl(rune))
                cleaned.Append(rune.ToString());
            else if (rune.Value is '\t')
                cleaned.Append(' ');
        }
        return cleaned.ToString().Trim();
    }
}
