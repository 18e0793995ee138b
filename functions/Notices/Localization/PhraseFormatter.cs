using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Dunning.Notices.Letters;
using Dunning.Receivables;

namespace Dunning.Notices.Localization;

/// <summary>Fills the phrases of its language with the content of one message.</summary>
/// <param name="terse">For SMS: short dates, and ISO codes instead of currency symbols.</param>
/// <param name="cut">
/// Shortens names and invoice numbers; null leaves them unchanged.
/// </param>
internal sealed class PhraseFormatter(NoticeContent content, bool terse = false, Func<string, string>? cut = null)
{
    private readonly Func<string, string> _cut = cut ?? (text => text);

    public Language Language => content.Language;

    public Sentence Format(Phrase phrase) => phrase.Fill(Values(), Language.RightToLeft);

    public Sentence Format(PluralPhrase phrase) => Format(phrase.For(content.Invoices.Count));

    /// <summary>The phrase about the only invoice, or the one about several.</summary>
    public Sentence Format(Phrase one, PluralPhrase several) =>
        content.OnlyInvoice is null ? Format(several) : Format(one);

    public Sentence Format(Phrase phrase, string placeholder, TextSpan value) =>
        phrase.Fill(
            new Dictionary<string, IReadOnlyList<TextSpan>>(Values()) { [placeholder] = [value] },
            Language.RightToLeft
        );

    public string Label(LabelKey key) => Language.Labels[key];

    public Sentence Greet(string name, bool isPerson) =>
        Language.Common.Greeting.Fill(
            new Dictionary<string, IReadOnlyList<TextSpan>> { ["name"] = GreetedSpans(name, isPerson) },
            Language.RightToLeft
        );

    /// <summary>What the account manager is asked to do.</summary>
    public Sentence Task(FollowUp task)
    {
        var phrases = Language.Tasks;
        var text = UntrustedText.Clean(task.Text ?? "");
        return task.Reason switch
        {
            FollowUpReason.PolicyStep => FirstStrong(text),
            FollowUpReason.PaymentMissing => Fill(phrases.PaymentMissing),
            FollowUpReason.CollectionUnknown => Fill(phrases.CollectionUnknown),
            FollowUpReason.RetainerUsedUp => Fill(phrases.RetainerUsedUp, ("number", TextSpan.Ltr(text))),
            FollowUpReason.NoAddressLeft => Fill(phrases.NoAddressLeft),
            FollowUpReason.OnlyChannelOptedOut => Fill(phrases.OnlyChannelOptedOut),
            FollowUpReason.Reply => AskToAnswer(task, text),
            FollowUpReason.ReplyMayOptOut => new Sentence(
                [.. AskToAnswer(task, text).Spans, new TextSpan(" "), .. Fill(phrases.MayOptOut).Spans],
                Language.RightToLeft
            ),
            _ => throw new InvalidOperationException($"Follow-up {task.Reason} has no words: add them here."),
        };
    }

    private Sentence AskToAnswer(FollowUp task, string text) =>
        Fill(
            task.Channel switch
            {
                ReplyChannel.Sms => Language.Tasks.AnswerSms,
                ReplyChannel.Email => Language.Tasks.AnswerEmail,
                _ => Language.Tasks.Answer,
            },
            ("contact", TextSpan.Ltr(UntrustedText.Clean(task.From ?? ""))),
            ("reason", TextSpan.FirstStrong(text))
        );

    /// <summary>A number or a link, see <see cref="Isolation.LeftToRight"/>.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public Sentence? LeftToRight(string? text) => text is null ? null : FromSpan(TextSpan.Ltr(text));

    /// <summary>A name or a text, see <see cref="Isolation.FirstStrong"/>.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public Sentence? FirstStrong(string? text) => text is null ? null : FromSpan(TextSpan.FirstStrong(text));

    public Sentence Money(Money money) => FromSpan(Amount(money));

    public Sentence Date(DateOnly date) => FirstStrong(Day(date));

    /// <summary>For tables, where space is limited.</summary>
    public Sentence ShortDate(DateOnly date) => FirstStrong(Language.ShortDate.Format(date));

    /// <summary>"3 days overdue", "due today" or "due in 5 days".</summary>
    public Sentence Status(LetterInvoice invoice)
    {
        var days = invoice.DaysOverdue(content.Today);
        var phrase = days switch
        {
            > 0 => Language.Common.Overdue.For(days),
            0 => Language.Common.DueToday,
            _ => Language.Common.DueIn.For(-days),
        };
        return phrase.Fill(
            new Dictionary<string, IReadOnlyList<TextSpan>> { ["days"] = [new TextSpan(Count(Math.Abs(days)))] },
            Language.RightToLeft
        );
    }

    /// <summary>The number of an invoice, with the part of its plan that is asked for.</summary>
    public Sentence Name(LetterInvoice invoice) => new(NameSpans(invoice), Language.RightToLeft);

    public string Part(LetterPlanPart part, int count) =>
        Fill(Language.Agreements.Part, ("part", Plain(part.Number)), ("count", Plain(count))).ToPlain();

    public Sentence PlanPart(LetterPlanPart part) =>
        part.DueDate is { } due
            ? Fill(Language.Agreements.PartBy, ("amount", Amount(part.Amount)), ("date", DaySpan(due)))
            : Fill(
                Language.Agreements.PartOn,
                ("amount", Amount(part.Amount)),
                ("reason", TextSpan.FirstStrong(part.Milestone ?? ""))
            );

    public Sentence PlanRule(int days) => Fill(Language.Agreements.PlanRule.For(days), ("days", Plain(days)));

    public Sentence PlanWarning(DateOnly lastDay) => Fill(Language.Agreements.PlanWarning, ("date", DaySpan(lastDay)));

    /// <summary>What is agreed on an invoice of a statement.</summary>
    public IEnumerable<Sentence> Agreements(LetterInvoice invoice)
    {
        if (invoice.NextPart is { } part)
            yield return PlanPart(part);
        if (invoice.PromisedOn is { } on)
            yield return Fill(Language.Agreements.PromisedOn, ("date", DaySpan(on)));
    }

    public Sentence PlanBroken(LetterInvoice invoice) =>
        Fill(Language.Agreements.PlanBroken, ("number", TextSpan.Ltr(invoice.Number)));

    /// <returns>Null when nothing falls due later.</returns>
    public Sentence? Later(LetterInvoice invoice) =>
        invoice.Part is { Later: { IsPositive: true } later }
            ? Fill(Language.Agreements.Later, ("amount", Amount(later)))
            : null;

    public Sentence Discount(LetterDiscount discount) =>
        Fill(Language.Agreements.Discount, ("amount", Amount(discount.Pay)), ("date", DaySpan(discount.Until)));

    /// <param name="invoice">With an amount that was raised.</param>
    public Sentence Raised(LetterInvoice invoice) =>
        Fill(
            invoice.RaisedAmount!.Reason is null ? Language.Agreements.Raised : Language.Agreements.RaisedBecause,
            ("number", TextSpan.Ltr(invoice.Number)),
            ("amount", Amount(invoice.RaisedAmount.To)),
            ("former", Amount(invoice.RaisedAmount.From)),
            ("reason", TextSpan.FirstStrong(invoice.RaisedAmount.Reason ?? ""))
        );

    /// <summary>What the claim is, so that it can be judged without the invoice at hand.</summary>
    public Sentence Claim(Phrase phrase, LetterInvoice invoice) =>
        Fill(
            phrase,
            ("number", TextSpan.Ltr(invoice.Number)),
            ("issued", DaySpan(invoice.IssueDate)),
            ("date", DaySpan(invoice.DueDate)),
            ("amount", Amount(invoice.OpenAmount))
        );

    /// <param name="phrase">Names the date to pay by, too.</param>
    public Sentence Costs(Phrase phrase, FurtherCosts costs) =>
        Fill(
            phrase,
            ("amount", Amount(costs.Amount)),
            ("basis", TextSpan.FirstStrong(costs.LegalBasis)),
            ("payBy", DaySpan(content.PayBy!.Value))
        );

    private Sentence Fill(Phrase phrase, params (string Placeholder, TextSpan Value)[] values) =>
        phrase.Fill(
            values.ToDictionary(value => value.Placeholder, value => (IReadOnlyList<TextSpan>)[value.Value]),
            Language.RightToLeft
        );

    private IReadOnlyList<TextSpan> GreetedSpans(string name, bool isPerson) =>
        isPerson
            ? Fill(Language.Common.Person, ("name", TextSpan.FirstStrong(_cut(name)))).Spans
            : [TextSpan.FirstStrong(_cut(name))];

    private IReadOnlyList<TextSpan> NameSpans(LetterInvoice invoice) =>
        invoice.Part is not { } part
            ? [TextSpan.Ltr(_cut(invoice.Number))]
            : Fill(
                Language.Agreements.PartOf,
                ("number", TextSpan.Ltr(_cut(invoice.Number))),
                ("part", Plain(part.Number)),
                ("count", Plain(part.Count))
            ).Spans;

    private static TextSpan Plain(int n) => new(Count(n));

    private TextSpan DaySpan(DateOnly date) => TextSpan.FirstStrong(Day(date));

    /// <summary>
    /// The total per currency of the amounts received (thank-you) or owed (any other tone).
    /// </summary>
    public IReadOnlyList<Money> Totals => [.. Receivables.Money.SumsOf(content.Invoices.Select(RelevantAmount))];

    /// <summary>The amount received (thank-you) or owed (any other tone).</summary>
    public Money RelevantAmount(LetterInvoice invoice) =>
        content.Tone == NoticeTone.ThankYou && invoice.Paid.IsPositive ? invoice.Paid : invoice.OpenAmount;

    private Dictionary<string, IReadOnlyList<TextSpan>> Values()
    {
        var values = new Dictionary<string, IReadOnlyList<TextSpan>>
        {
            ["name"] = GreetedSpans(content.Greet, content.GreetsPerson),
            ["company"] = [TextSpan.FirstStrong(_cut(content.From.Company))],
            ["customer"] = [TextSpan.FirstStrong(_cut(content.CustomerName))],
            ["amount"] = List(Totals),
            ["today"] = [TextSpan.FirstStrong(Day(content.Today))],
            ["count"] = [new TextSpan(Count(content.Invoices.Count))],
            ["contact"] = [TextSpan.Ltr(content.From.Email)],
        };
        if (content.PayBy is { } payBy)
            values["payBy"] = [TextSpan.FirstStrong(Day(payBy))];
        if (content.Invoices is not [var first, ..])
            return values;
        values["number"] = NameSpans(first);
        values["date"] = [TextSpan.FirstStrong(Day(first.DueDate))];
        values["status"] = Status(first).Spans;
        values["days"] = [new TextSpan(Count(Math.Abs(first.DaysOverdue(content.Today))))];
        if (first.PaymentLinks is [var link, ..])
            values["link"] = [TextSpan.Ltr(link.Url)];
        return values;
    }

    private Sentence FromSpan(TextSpan span) => new([span], Language.RightToLeft);

    private TextSpan[] List(IReadOnlyList<Money> totals) =>
        [
            .. totals.SelectMany(
                (total, i) =>
                    i == 0 ? [Amount(total)] : new[] { new TextSpan(Separator(i, totals.Count)), Amount(total) }
            ),
        ];

    private string Separator(int i, int count) =>
        Language.Labels[i == count - 1 ? LabelKey.ListLast : LabelKey.ListSeparator];

    private TextSpan Amount(Money money) =>
        TextSpan.Ltr(terse ? Language.Money.FormatWithCode(money) : Language.Money.Format(money));

    private string Day(DateOnly date) => (terse ? Language.ShortDate : Language.LongDate).Format(date);

    private static string Count(int n) => n.ToString(CultureInfo.InvariantCulture);
}
