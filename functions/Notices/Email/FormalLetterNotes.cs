using Dunning.Notices.Letters;
using Dunning.Notices.Localization;
using Dunning.Receivables;

namespace Dunning.Notices.Email;

/// <summary>The sentences of a formal letter, below those about interest.</summary>
internal static class FormalLetterNotes
{
    public static IEnumerable<Sentence> Create(NoticeContent content, PhraseFormatter formatter)
    {
        if (content is not { FormalLetter: { } letter, OnlyInvoice: { } invoice })
            return [];
        var phrases = content.Language.FormalLetters;
        return content.Tone switch
        {
            NoticeTone.Termination =>
            [
                formatter.Format(phrases.Ends, "reason", TextSpan.FirstStrong(letter.Ends ?? "")),
                formatter.Format(phrases.Keep),
            ],
            NoticeTone.CreditReport =>
            [
                formatter.Claim(phrases.Claim, invoice),
                formatter.Format(phrases.Report, "agency", TextSpan.FirstStrong(letter.Agency ?? "")),
                formatter.Format(phrases.Object),
                formatter.Format(phrases.NoReport),
            ],
            _ => OfPreCollection(letter, invoice, phrases, formatter),
        };
    }

    private static IEnumerable<Sentence> OfPreCollection(
        FormalLetterContent letter,
        LetterInvoice invoice,
        FormalLetterPhrases phrases,
        PhraseFormatter formatter
    )
    {
        if (letter.Title is { } title)
            yield return formatter.Format(phrases.Notice, "title", TextSpan.FirstStrong(title));
        yield return formatter.Claim(phrases.Claim, invoice);
        if (letter.DaysFromReceipt is { } days)
            yield return formatter.Format(phrases.Receipt, "count", TextSpan.Ltr($"{days}"));
        if (letter.Costs is { } costs)
        {
            yield return formatter.Costs(phrases.Costs, costs);
            if (costs.IncludesVat)
                yield return formatter.Format(phrases.Vat);
        }
        yield return formatter.Format(phrases.Collection);
        if (letter.InterestContinues)
            yield return formatter.Format(phrases.FurtherInterest);
        yield return formatter.Format(phrases.Object);
        if (letter.OffersCopy)
            yield return formatter.Format(phrases.Copy);
        if (letter.SaysNotAssigned)
            yield return formatter.Format(phrases.Assigned);
    }
}
