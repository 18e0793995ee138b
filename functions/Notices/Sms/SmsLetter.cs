using Dunning.Notices.Letters;
using Dunning.Notices.Localization;
using Dunning.Receivables;

namespace Dunning.Notices.Sms;

/// <summary>
/// Turns a letter into a text message of at most two billed parts. It always says who writes, which invoice, and how
/// much.
/// </summary>
internal static class SmsLetter
{
    private const int MaxSegments = 2;

    /// <summary>
    /// How many characters of a name or number are kept, tried one after another, once fewer words do not help.
    /// </summary>
    private static readonly int[] _cuts = [60, 40, 25, 15];

    /// <param name="linksAllowed">False where the country forbids links in SMS (Malaysia since September 2024).</param>
    /// <exception cref="ArgumentException">
    /// The letter is a task, which goes by mail only, or names no invoice.
    /// </exception>
    public static SmsText Render(NoticeContent content, bool linksAllowed) =>
        Render(content, Language.For(content.Language), linksAllowed);

    public static SmsText Render(NoticeContent content, Language language, bool linksAllowed)
    {
        LetterRules.Check(content);
        if (content.Tone == NoticeTone.FollowUp)
            throw new ArgumentException("A task goes by mail only.", nameof(content));
        var wordings = Wordings(content.Cleaned(), language, linksAllowed)
            .Select(text => Gsm7.Measure(Gsm7.Normalise(text)));
        return wordings.First(text => text.Segments <= MaxSegments);
    }

    /// <summary>From the friendliest to the barest; each one says the essentials.</summary>
    private static IEnumerable<string> Wordings(NoticeContent content, Language language, bool linksAllowed)
    {
        var formatter = new PhraseFormatter(content, language, terse: true);
        var texts = Texts(content, language).ToArray();
        if (linksAllowed && PaysAll(content))
        {
            var link = formatter.Format(language.Common.SmsLink).ToPlain();
            foreach (var text in texts)
                yield return text(formatter) + link;
        }
        foreach (var text in texts)
            yield return text(formatter);
        foreach (var cut in _cuts)
            yield return texts[^1](new PhraseFormatter(content, language, terse: true, cut: text => Cut(text, cut)));
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
    /// With sums in many currencies: the first one, and how many invoices there are in it, so that nothing said is
    /// wrong.
    /// </summary>
    private static string Fallback(NoticeContent content, Language language)
    {
        var currency = content.Invoices[0].OpenAmount.Currency;
        var some = content with
        {
            Invoices = [.. content.Invoices.Where(invoice => invoice.OpenAmount.Currency == currency)],
        };
        return Texts(some, language)
            .Last()(new PhraseFormatter(some, language, terse: true, cut: text => Cut(text, _cuts[^1])));
    }

    /// <summary>One link that pays for everything named; a link for one of three invoices would mislead.</summary>
    private static bool PaysAll(NoticeContent content) =>
        content.AsksForMoney()
        && content.Invoices[0].PaymentUrl is { } link
        && content.Invoices.All(invoice => invoice.PaymentUrl == link);

    /// <summary>Keeps the front of a text, whole characters only.</summary>
    private static string Cut(string text, int length)
    {
        if (text.Length <= length)
            return text;
        var end = length - 3;
        return text[..(char.IsHighSurrogate(text[end - 1]) ? end - 1 : end)] + "...";
    }
}
