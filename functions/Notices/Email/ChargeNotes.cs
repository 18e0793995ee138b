using Dunning.Notices.Letters;
using Dunning.Notices.Localization;
using Dunning.Receivables;

namespace Dunning.Notices.Email;

/// <summary>The sentences about interest and fees, below the opening.</summary>
internal static class ChargeNotes
{
    /// <summary>A longer computation stands on the customer's page, and in a formal letter.</summary>
    private const int MaxLines = 6;

    public static IEnumerable<Sentence> Create(NoticeContent content)
    {
        var words = new ChargeWords(content.Language);
        foreach (var invoice in content.Listed)
        {
            if (invoice.Charges is not { } charges)
                continue;
            if (charges.Open.Count > 0)
                yield return words.Included(invoice.Number, charges.Open);
            if (charges.Shown.Count > 0)
                yield return words.MayCharge(invoice.Number, charges.Shown, content.Today);
            if (charges.Coming is { } coming)
                yield return words.Announced(invoice.Number, coming);
            if (
                content.OnlyInvoice is null
                || charges.Computation is not { } computation
                || (computation.Lines.Count > MaxLines && !content.Tone.IsFormal())
            )
                continue;
            foreach (var line in words.Computation(computation))
                yield return line;
        }
    }
}
