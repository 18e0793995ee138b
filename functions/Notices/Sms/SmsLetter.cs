using Dunning.Notices.Letters;
using Dunning.Notices.Localization;
using Dunning.Receivables;

namespace Dunning.Notices.Sms;

/// <summary>
/// Renders the content of a notice as an SMS of at most two segments. It always names the creditor, the invoice and the
/// amount.
/// </summary>
internal static class SmsLetter
{
    private const int MaxSegments = 2;

    /// <summary>
    /// Maximum characters of a name or number, tried in this order when even the shortest phrase is too long.
    /// </summary>
    private static readonly int[] _maxLengths = [60, 40, 25, 15];

    /// <param name="linksAllowed">False where the country forbids links in SMS (Malaysia since September 2024).</param>
    /// <exception cref="ArgumentException">
    /// The content is a follow-up, has no invoice, or is a final reminder without a date to pay by.
    /// </exception>
    public static SmsText Render(NoticeContent content, bool linksAllowed) =>
        Render(content, Language.For(content.Language), linksAllowed);

    public static SmsText Render(NoticeContent content, Language language, bool linksAllowed)
    {
        LetterRules.Check(content);
        if (content.Tone == NoticeTone.FollowUp)
            throw new ArgumentException("A follow-up cannot be sent by SMS. Send it by email.", nameof(content));
        var variants = Variants(content.Cleaned(), language, linksAllowed)
            .Select(text => Gsm7.Measure(Gsm7.Normalise(text)));
        return variants.First(text => text.Segments <= MaxSegments);
    }

    /// <summary>From the most complete to the shortest; each one names creditor, invoice and amount.</summary>
    private static IEnumerable<string> Variants(NoticeContent content, Language language, bool linksAllowed)
    {
        var formatter = new PhraseFormatter(content, language, terse: true);
        var texts = Texts(content, language).ToArray();
        if (linksAllowed && HasLinkForAll(content))
        {
            var link = formatter.Format(language.Common.SmsLink).ToPlain();
            foreach (var text in texts)
                yield return text(formatter) + link;
        }
        foreach (var text in texts)
            yield return text(formatter);
        foreach (var maxLength in _maxLengths)
        {
            var shortened = new PhraseFormatter(content, language, terse: true, cut: text => Cut(text, maxLength));
            yield return texts[^1](shortened);
        }
        yield return Fallback(content, language);
    }

    private static IEnumerable<Func<PhraseFormatter, string>> Texts(NoticeContent content, Language language)
    {
        var phrases = language.Sms[content.Tone];
        if (content.Invoices.Count > 1)
        {
            yield return formatter => formatter.Format(phrases.Several).ToPlain();
            yield return formatter => formatter.Format(language.Common.SmsBares).ToPlain();
            yield break;
        }
        yield return formatter => formatter.Format(phrases.OneInvoice).ToPlain();
        yield return formatter => formatter.Format(phrases.Brief).ToPlain();
        yield return formatter => formatter.Format(language.Common.SmsBare).ToPlain();
    }

    /// <summary>
    /// For totals in many currencies: only the invoices in the first currency, with their number and total.
    /// </summary>
    private static string Fallback(NoticeContent content, Language language)
    {
        var currency = content.Invoices[0].OpenAmount.Currency;
        var sameCurrency = content with
        {
            Invoices = [.. content.Invoices.Where(invoice => invoice.OpenAmount.Currency == currency)],
        };
        var shortened = new PhraseFormatter(
            sameCurrency,
            language,
            terse: true,
            cut: text => Cut(text, _maxLengths[^1])
        );
        return Texts(sameCurrency, language).Last()(shortened);
    }

    /// <summary>True when one link pays all invoices; a link for only some of them would mislead.</summary>
    private static bool HasLinkForAll(NoticeContent content) =>
        content.AsksForMoney()
        && content.Invoices[0].PaymentUrl is { } link
        && content.Invoices.All(invoice => invoice.PaymentUrl == link);

    /// <summary>The beginning of a text; never splits a surrogate pair.</summary>
    private static string Cut(string text, int length)
    {
        if (text.Length <= length)
            return text;
        var end = length - 3;
        return text[..(char.IsHighSurrogate(text[end - 1]) ? end - 1 : end)] + "...";
    }
}
