using Dunning.Receivables;

namespace Dunning.Notices.Letters;

/// <summary>What the content of a message must have before it can be rendered.</summary>
internal static class LetterRules
{
    /// <summary>A longer list would not be read. The message says how many more there are, and their sum.</summary>
    public const int MaxListed = 40;

    /// <exception cref="ArgumentException">
    /// The content has no invoice, or is a final reminder without the date to pay by.
    /// </exception>
    public static void Check(NoticeContent content)
    {
        if (content.Invoices.Count == 0)
            throw new ArgumentException("The content has no invoice. Add at least one.", nameof(content));
        if (content is { Tone: NoticeTone.Final, PayBy: null })
            throw new ArgumentException("A final reminder needs a date to pay by. Set PayBy.", nameof(content));
    }

    public static bool AsksForMoney(this NoticeContent content) =>
        content.Tone is not (NoticeTone.ThankYou or NoticeTone.FollowUp);
}
