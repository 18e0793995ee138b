using Dunning.Receivables;

namespace Dunning.Notices.Letters;

/// <summary>What a letter must have before it can be put into words.</summary>
internal static class LetterRules
{
    /// <exception cref="ArgumentException">
    /// The letter names no invoice, or is a final reminder without its date.
    /// </exception>
    public static void Check(NoticeContent content)
    {
        if (content.Invoices.Count == 0)
            throw new ArgumentException("A letter names at least one invoice.", nameof(content));
        if (content is { Tone: NoticeTone.Final, PayBy: null })
            throw new ArgumentException("A final reminder names the date to pay by.", nameof(content));
    }

    public static bool AsksForMoney(this NoticeContent content) =>
        content.Tone is not (NoticeTone.ThankYou or NoticeTone.FollowUp);
}
