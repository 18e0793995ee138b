using System.Globalization;
using Dunning.Notices.Letters;
using Dunning.Receivables;

namespace Dunning.Notices.Localization;

/// <summary>The facts of one letter, written in one language: fills that language's phrases.</summary>
/// <param name="terse">For SMS: short dates, ISO codes instead of symbols.</param>
/// <param name="cut">
/// How company, number and the like are shortened where nothing longer fits; not at all by default.
/// </param>
internal sealed class PhraseFormatter(
    NoticeContent content,
    Language language,
    bool terse = false,
    Func<string, string>? cut = null
)
{
    private readonly Func<string, string> _cut = cut ?? (text => text);

    public Sentence Format(Phrase phrase) => phrase.Fill(Facts(), language.RightToLeft);

    public Sentence Format(PluralPhrase phrase) => Format(phrase.For(content.Invoices.Count));

    public Sentence Format(Phrase phrase, string place, TextSpan value) =>
        phrase.Fill(
            new Dictionary<string, IReadOnlyList<TextSpan>>(Facts()) { [place] = [value] },
            language.RightToLeft
        );

    public Sentence Of(TextSpan run) => new([run], language.RightToLeft);

    public Sentence Money(Money money) => Of(Amount(money));

    public Sentence Date(DateOnly date) => Of(TextSpan.Own(Day(date)));

    /// <summary>For tables, where room is short.</summary>
    public Sentence ShortDate(DateOnly date) => Of(TextSpan.Own(language.ShortDate.Format(date)));

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
    /// What the letter is about: money received when it says thank you, else money owed; one sum a currency.
    /// </summary>
    public IReadOnlyList<Money> Sums =>
        [.. content.Invoices.Select(Matter).GroupBy(m => m.Currency).Select(sums => sums.Aggregate((a, b) => a + b))];

    /// <summary>The amount that matters of one invoice.</summary>
    public Money Matter(LetterInvoice invoice) =>
        content.Tone == NoticeTone.ThankYou && invoice.Paid.IsPositive ? invoice.Paid : invoice.OpenAmount;

    private Dictionary<string, IReadOnlyList<TextSpan>> Facts()
    {
        var first = content.Invoices[0];
        return new()
        {
            ["name"] = [TextSpan.Own(_cut(content.Greet))],
            ["company"] = [TextSpan.Own(_cut(content.From.Company))],
            ["customer"] = [TextSpan.Own(_cut(content.CustomerName))],
            ["number"] = [TextSpan.Ltr(_cut(first.Number))],
            ["amount"] = List(Sums),
            ["date"] = [TextSpan.Own(Day(first.DueDate))],
            ["payBy"] = content.PayBy is { } payBy ? [TextSpan.Own(Day(payBy))] : [],
            ["status"] = Status(first).Runs,
            ["count"] = [new TextSpan(Count(content.Invoices.Count))],
            ["days"] = [new TextSpan(Count(Math.Abs(first.DaysOverdue(content.Today))))],
            ["link"] = first.PaymentUrl is { } link ? [TextSpan.Ltr(link)] : [],
            ["contact"] = [TextSpan.Ltr(content.From.Email)],
            ["subject"] = [],
        };
    }

    private TextSpan[] List(IReadOnlyList<Money> sums) =>
        [
            .. sums.SelectMany(
                (sum, i) => i == 0 ? [Amount(sum)] : new[] { new TextSpan(Separator(i, sums.Count)), Amount(sum) }
            ),
        ];

    private string Separator(int i, int count) =>
        language.Labels[i == count - 1 ? LabelKey.ListLast : LabelKey.ListSeparator];

    private TextSpan Amount(Money money) =>
        TextSpan.Ltr(terse ? language.Money.FormatWithCode(money) : language.Money.Format(money));

    private string Day(DateOnly date) => (terse ? language.ShortDate : language.LongDate).Format(date);

    private static string Count(int n) => n.ToString(CultureInfo.InvariantCulture);
}
