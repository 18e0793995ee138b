using Dunning.Notices.Letters;
using Dunning.Notices.Localization;
using Dunning.Receivables;

namespace Dunning.Notices.Email;

/// <summary>The email page of a statement of account.</summary>
internal static class StatementPage
{
    public static EmailPage Create(NoticeContent content, StatementContent statement)
    {
        var formatter = new PhraseFormatter(content);
        var phrases = content.Language.Letters[content.Tone];
        var opening = formatter.Format(phrases.Opening);
        return new EmailPage
        {
            Language = content.Language,
            Subject = formatter.Format(phrases.Subject).ToPlain(),
            Preheader = opening,
            Company = formatter.FirstStrong(content.From.Company),
            Heading = formatter.Format(phrases.Heading),
            Greeting = formatter.Format(content.Language.Common.Greeting),
            Opening = opening,
            AmountLabel = formatter.Label(LabelKey.Balance),
            Amounts = [.. statement.Today.Currencies.Select(currency => formatter.Money(currency.Closing))],
            Details = [.. Details(content, statement, formatter)],
            Invoices = PageInvoices.CreateOpenItems(content, formatter),
            Account = PageAccount.Create(statement, formatter),
            Payment = content.Invoices.Count > 0 ? PagePayment.CreateWays(content, formatter) : null,
            Request = formatter.Format(phrases.Request),
            Signature = PageSignature.Create(content.From, formatter),
        };
    }

    private static IEnumerable<PageDetail> Details(
        NoticeContent content,
        StatementContent statement,
        PhraseFormatter formatter
    )
    {
        var (first, last) = (formatter.ShortDate(statement.Period.From), formatter.ShortDate(statement.Period.To));
        yield return new(
            formatter.Label(LabelKey.Period),
            first with
            {
                Spans = [.. first.Spans, new TextSpan(" – "), .. last.Spans],
            }
        );
        foreach (var ageing in statement.Today.Currencies.Select(currency => currency.Ageing))
        {
            if (ageing.Overdue.IsPositive)
                yield return new(formatter.Label(LabelKey.Overdue), formatter.Money(ageing.Overdue));
            if (DisputedIn(content, ageing.Overdue.Currency) is { IsPositive: true } disputed)
                yield return new(formatter.Label(LabelKey.DisputedAmount), formatter.Money(disputed));
            if (ageing.UnusedCredit.IsPositive)
                yield return new(formatter.Label(LabelKey.UnusedCredit), formatter.Money(ageing.UnusedCredit));
        }
    }

    private static Money DisputedIn(NoticeContent content, string currency) =>
        content
            .Disputed.Where(invoice => invoice.OpenAmount.Currency == currency)
            .Aggregate(Money.Zero(currency), (sum, invoice) => sum + invoice.OpenAmount);
}
