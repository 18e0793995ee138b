using Dunning.Notices.Letters;
using Dunning.Notices.Localization;
using Dunning.Receivables;

namespace Dunning.Notices.Sms;

/// <summary>
/// A rendered SMS of at most two segments. It always names the creditor, the invoice and the amount.
/// </summary>
/// <param name="Segments">
/// Number of billed segments (GSM 03.38: 160 characters for a single one, else 153 each; UCS-2: 70, else 67 each).
/// </param>
/// <param name="IsGsm7">False when at least one character requires UCS-2 for the whole text.</param>
internal sealed record SmsText(string Body, int Segments, bool IsGsm7)
{
    private const int MaxSegments = 2;

    /// <summary>
    /// Maximum characters of a name or number, tried in this order when even the shortest phrase is too long.
    /// </summary>
    private static readonly int[] _maxLengths = [60, 40, 25, 15];

    /// <param name="linksAllowed">False where the country forbids links in SMS (Malaysia since September 2024).</param>
    /// <exception cref="ArgumentException">
    /// The content has a tone that is not sent by SMS, or is a final reminder without a date to pay by.
    /// </exception>
    public static SmsText Render(NoticeContent content, bool linksAllowed)
    {
        if (!content.Tone.IsSentBySms())
            throw new ArgumentException($"{content.Tone} cannot be sent by SMS. Send it by email.", nameof(content));
        return Variants(content, linksAllowed)
            .Select(text => Gsm7.Measure(Gsm7.Normalise(text)))
            .First(text => text.Segments <= MaxSegments);
    }

    /// <summary>From the most complete to the shortest; each one names creditor, invoice and amount.</summary>
    private static IEnumerable<string> Variants(NoticeContent content, bool linksAllowed)
    {
        var formatter = new PhraseFormatter(content, terse: true);
        var texts = Texts(content).ToArray();
        if (linksAllowed && LinkOf(content, formatter) is { } link)
        {
            foreach (var text in texts)
                yield return text(formatter) + link;
        }
        foreach (var text in texts)
            yield return text(formatter);
        foreach (var maxLength in _maxLengths)
            yield return texts[^1](Shortened(content, maxLength));
        yield return Fallback(content);
    }

    /// <summary>To pay all of it at once, else to the customer's pages; null for neither.</summary>
    private static string? LinkOf(NoticeContent content, PhraseFormatter formatter) =>
        HasLinkForAll(content) ? formatter.Format(content.Language.Common.SmsLink).ToPlain()
        : content is { AsksForMoney: true, PortalLink: { } portal }
            ? formatter.Format(content.Language.Common.SmsPortal, "link", TextSpan.Ltr(portal)).ToPlain()
        : null;

    private static IEnumerable<Func<PhraseFormatter, string>> Texts(NoticeContent content)
    {
        var phrases = content.Language.Sms[content.Tone];
        var common = content.Language.Common;
        if (content.Invoices.Count > 1)
        {
            yield return formatter => formatter.Format(phrases.Several).ToPlain();
            yield return formatter => formatter.Format(common.SmsBares).ToPlain();
            yield break;
        }
        yield return formatter => formatter.Format(phrases.OneInvoice).ToPlain();
        yield return formatter => formatter.Format(phrases.Brief).ToPlain();
        yield return formatter => formatter.Format(common.SmsBare).ToPlain();
    }

    private static PhraseFormatter Shortened(NoticeContent content, int maxLength) =>
        new(content, terse: true, cut: text => Cut(text, maxLength));

    /// <summary>
    /// For totals in many currencies: only the invoices in the first currency, with their number and total.
    /// </summary>
    private static string Fallback(NoticeContent content)
    {
        var currency = content.Invoices[0].OpenAmount.Currency;
        var sameCurrency = content with
        {
            Invoices = [.. content.Invoices.Where(invoice => invoice.OpenAmount.Currency == currency)],
        };
        return Texts(sameCurrency).Last()(Shortened(sameCurrency, _maxLengths[^1]));
    }

    /// <summary>True when one link pays all invoices; a link for only some of them would mislead.</summary>
    private static bool HasLinkForAll(NoticeContent content) =>
        content.AsksForMoney
        && content.Invoices[0].PaymentLinks is [var link, ..]
        && content.Invoices.All(invoice => invoice.PaymentLinks is [var first, ..] && first.Url == link.Url);

    private static string Cut(string text, int length) =>
        text.Length <= length ? text : CutText.To(text, length - 3) + "...";
}
