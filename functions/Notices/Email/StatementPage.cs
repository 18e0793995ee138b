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
            Details = [.. Details(statement, formatter)],
            Invoices = PageInvoices.CreateOpenItems(content, formatter),
            Account = PageAccount.Create(statement, formatter),
            Payment = content.Invoices.Count > 0 ? PagePayment.CreateWays(content, formatter) : null,
            Request = formatter.Format(phrases.Request),
            PortalLink = content.PortalLink,
            Signature = PageSignature.Create(content.From, formatter),
        };
    }

    private static IEnumerable<PageDetail> Details(StatementContent statement, PhraseFormatter formatter)
    {
        var (first, last) = (formatter.ShortDate(statement.Period.From), formatter.ShortDate(statement.Period.To));
        yield return new(
            formatter.Label(LabelKey.Period),
            first with
            {
                Spans = [.. first.Spans, new TextSpan(" – "), .. last.Spans],
            }
        );
        foreach (var currency in statement.Today.Currencies)
        {
            if (currency.Ageing.Overdue.IsPositive)
                yield return new(formatter.Label(LabelKey.Overdue), formatter.Money(currency.Ageing.Overdue));
            if (DisputedIn(currency) is { IsPositive: true } disputed)
                yield return new(formatter.Label(LabelKey.DisputedAmount), formatter.Money(disputed));
            if (currency.Ageing.UnusedCredit.IsPositive)
                yield return new(formatter.Label(LabelKey.UnusedCredit), formatter.Money(currency.Ageing.UnusedCredit));
        }
    }

    private static Money DisputedIn(CurrencyStatement currency) =>
        currency.OpenItems.Aggregate(Money.Zero(currency.Currency), (sum, item) => sum + item.Invoice.DisputedAmount);
}
