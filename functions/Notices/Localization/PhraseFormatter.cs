using System.Globalization;
using Dunning.Notices.Letters;
using Dunning.Receivables;

namespace Dunning.Notices.Localization;

/// <summary>Fills a language's phrases with the content of one message.</summary>
/// <param name="terse">For SMS: short dates, and ISO codes instead of currency symbols.</param>
/// <param name="cut">
/// Shortens names and invoice numbers; null leaves them unchanged.
/// </param>
internal sealed class PhraseFormatter(
    NoticeContent content,
    Language language,
    bool terse = false,
    Func<string, string>? cut = null
)
{
    private readonly Func<string, string> _cut = cut ?? (text => text);

    public Sentence Format(Phrase phrase) => phrase.Fill(Values(), language.RightToLeft);

    public Sentence Format(PluralPhrase phrase) => Format(phrase.For(content.Invoices.Count));

    public Sentence Format(Phrase phrase, string placeholder, TextSpan value) =>
        phrase.Fill(
            new Dictionary<string, IReadOnlyList<TextSpan>>(Values()) { [placeholder] = [value] },
            language.RightToLeft
        );

    public Sentence FromSpan(TextSpan span) => new([span], language.RightToLeft);

    public Sentence Money(Money money) => FromSpan(Amount(money));

    public Sentence Date(DateOnly date) => FromSpan(TextSpan.FirstStrong(Day(date)));

    /// <summary>For tables, where space is limited.</summary>
    public Sentence ShortDate(DateOnly date) => FromSpan(TextSpan.FirstStrong(language.ShortDate.Format(date)));

    /// <summary>"3 days overdue", "due today" or "due in 5 days".</summary>
    public Sentence Status(LetterInvoice invoice)
    {
        var days = invoice.DaysOverdue(content.Today);
        var phrase = days switch
        {
            > 0 => language.Common.Overdue.For(days),
            0 => language.Common.DueToday,
            _ => language.Common.DueIn.For(-days),
        };
        return phrase.Fill(
            new Dictionary<string, IReadOnlyList<TextSpan>> { ["days"] = [new TextSpan(Count(Math.Abs(days)))] },
            language.RightToLeft
        );
    }

    /// <summary>
    /// The total per currency of the amounts received (thank-you) or owed (any other tone).
    /// </summary>
    public IReadOnlyList<Money> Totals =>
        [
            .. content
                .Invoices.Select(RelevantAmount)
                .GroupBy(m => m.Currency)
                .Select(amounts => amounts.Aggregate((a, b) => a + b)),
        ];

    /// <summary>The amount received (thank-you) or owed (any other tone).</summary>
    public Money RelevantAmount(LetterInvoice invoice) =>
        content.Tone == NoticeTone.ThankYou && invoice.Paid.IsPositive ? invoice.Paid : invoice.OpenAmount;

    private Dictionary<string, IReadOnlyList<TextSpan>> Values()
    {
        var first = content.Invoices[0];
        return new()
        {
            ["name"] = [TextSpan.FirstStrong(_cut(content.Greet))],
            ["company"] = [TextSpan.FirstStrong(_cut(content.From.Company))],
            ["customer"] = [TextSpan.FirstStrong(_cut(content.CustomerName))],
            ["number"] = [TextSpan.Ltr(_cut(first.Number))],
            ["amount"] = List(Totals),
            ["date"] = [TextSpan.FirstStrong(Day(first.DueDate))],
            ["payBy"] = content.PayBy is { } payBy ? [TextSpan.FirstStrong(Day(payBy))] : [],
            ["status"] = Status(first).Spans,
            ["count"] = [new TextSpan(Count(content.Invoices.Count))],
            ["days"] = [new TextSpan(Count(Math.Abs(first.DaysOverdue(content.Today))))],
            ["link"] = first.PaymentUrl is { } link ? [TextSpan.Ltr(link)] : [],
            ["contact"] = [TextSpan.Ltr(content.From.Email)],
            ["subject"] = [],
        };
    }

    private TextSpan[] List(IReadOnlyList<Money> totals) =>
        [
            .. totals.SelectMany(
                (total, i) =>
                    i == 0 ? [Amount(total)] : new[] { new TextSpan(Separator(i, totals.Count)), Amount(total) }
            ),
        ];

    private string Separator(int i, int count) =>
        language.Labels[i == count - 1 ? LabelKey.ListLast : LabelKey.ListSeparator];

    private TextSpan Amount(Money money) =>
        TextSpan.Ltr(terse ? language.Money.FormatWithCode(money) : language.Money.Format(money));

    private string Day(DateOnly date) => (terse ? language.ShortDate : language.LongDate).Format(date);

    private static string Count(int n) => n.ToString(CultureInfo.InvariantCulture);
}
