using Dunning.Notices.Letters;
using Dunning.Notices.Localization;
using Dunning.Receivables;

namespace Dunning.Notices.Email;

/// <summary>The sentences of a letter of the last steps, below those about interest.</summary>
internal static class LastStepNotes
{
    public static IEnumerable<Sentence> Create(NoticeContent content, PhraseFormatter formatter)
    {
        if (content is not { LastStep: { } step, OnlyInvoice: { } invoice })
            return [];
        var phrases = content.Language.LastSteps;
        return content.Tone switch
        {
            NoticeTone.Termination =>
            [
                formatter.Format(phrases.Ends, "reason", TextSpan.FirstStrong(step.Ends ?? "")),
                formatter.Format(phrases.Keep),
            ],
            NoticeTone.CreditReport =>
            [
                formatter.Claim(phrases.Claim, invoice),
                formatter.Format(phrases.Report, "agency", TextSpan.FirstStrong(step.Agency ?? "")),
                formatter.Format(phrases.Object),
                formatter.Format(phrases.NoReport),
            ],
            _ => OfCollection(step, invoice, phrases, formatter),
        };
    }

    private static IEnumerable<Sentence> OfCollection(
        LastStepContent step,
        LetterInvoice invoice,
        LastStepPhrases phrases,
        PhraseFormatter formatter
    )
    {
        if (step.Title is { } title)
            yield return formatter.Format(phrases.Notice, "title", TextSpan.FirstStrong(title));
        yield return formatter.Claim(phrases.Claim, invoice);
        if (step.DaysFromReceipt is { } days)
            yield return formatter.Format(phrases.Receipt, "count", TextSpan.Ltr($"{days}"));
        if (step.Costs is { } costs)
        {
            yield return formatter.Costs(phrases.Costs, costs);
            if (costs.IncludesVat)
                yield return formatter.Format(phrases.Vat);
        }
        yield return formatter.Format(phrases.Collection);
        if (step.InterestContinues)
            yield return formatter.Format(phrases.FurtherInterest);
        yield return formatter.Format(phrases.Object);
        if (step.OffersCopy)
            yield return formatter.Format(phrases.Copy);
        if (step.SaysNotAssigned)
            yield return formatter.Format(phrases.Assigned);
    }
}
