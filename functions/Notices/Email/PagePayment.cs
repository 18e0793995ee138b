using System.Text;
using Dunning.Notices.Letters;
using Dunning.Notices.Localization;
using Dunning.Receivables;

namespace Dunning.Notices.Email;

/// <summary>How to pay, and what to do instead.</summary>
/// <param name="Link">HTTPS link to pay the only invoice; null when there are several.</param>
/// <param name="AskForAccount">How to learn where to pay; null when each invoice has an account or a link.</param>
internal sealed record PagePayment(
    string? Link,
    Sentence LinkText,
    IReadOnlyList<PageBank> Banks,
    Sentence? AskForAccount,
    Sentence? Questions,
    Sentence? AlreadyPaid
)
{
    public static PagePayment Create(NoticeContent content, PhraseFormatter formatter)
    {
        var common = content.Language.Common;
        return new(
            content.OnlyInvoice?.PaymentUrl,
            formatter.Format(common.PayAmount),
            PageBank.Create(content, formatter),
            content.Invoices.All(invoice => invoice.HasWayToPay) ? null : formatter.Format(common.AskForAccount),
            formatter.Format(common.Questions),
            formatter.Format(common.AlreadyPaid)
        );
    }

    /// <summary>The ways to pay without a request: each invoice has its own link in the list.</summary>
    public static PagePayment CreateWays(NoticeContent content, PhraseFormatter formatter) =>
        Create(content, formatter) with
        {
            Link = null,
            Questions = null,
            AlreadyPaid = null,
        };
}

/// <summary>One bank account to pay to, with the references of the listed invoices that are paid to it.</summary>
internal sealed record PageBank(IReadOnlyList<PageDetail> Details)
{
    public static IReadOnlyList<PageBank> Create(NoticeContent content, PhraseFormatter formatter) =>
        [
            .. content
                .Invoices.Select(AccountOf)
                .OfType<BankTransfer>()
                .Where(account => account is { NamesAccount: true } or { AccountName: not null })
                .Distinct()
                .Select(account => new PageBank([.. DetailsOf(account, content, formatter)])),
        ];

    /// <summary>The reference of one of several invoices of an account; null when the account has the line.</summary>
    public static Sentence? ReferenceOf(LetterInvoice invoice, NoticeContent content, PhraseFormatter formatter) =>
        AccountOf(invoice) is { } account && !HasOneReference(ListedFor(account, content))
            ? formatter.LeftToRight(ReferenceOf(invoice))
            : null;

    private static IEnumerable<PageDetail> DetailsOf(
        BankTransfer account,
        NoticeContent content,
        PhraseFormatter formatter
    )
    {
        if (account.AccountName is { } name)
            yield return new(formatter.Label(LabelKey.AccountName), formatter.FirstStrong(name));
        if (account.Iban is { } iban)
            yield return new(formatter.Label(LabelKey.Iban), formatter.LeftToRight(FormatIban(iban)));
        if (account is { Iban: null, AccountNumber: { } number })
            yield return new(formatter.Label(LabelKey.AccountNumber), formatter.LeftToRight(number));
        if (account is { Iban: null, BankCode: { } code })
            yield return new(formatter.Label(LabelKey.BankCode), formatter.LeftToRight(code));
        if (account.Bic is { } bic)
            yield return new(formatter.Label(LabelKey.Bic), formatter.LeftToRight(bic));
        // Otherwise each invoice has its own reference beside it, or none is listed.
        if (ListedFor(account, content) is var invoices && HasOneReference(invoices))
        {
            var references = string.Join(", ", invoices.Select(ReferenceOf).Distinct());
            yield return new(formatter.Label(LabelKey.PaymentReference), formatter.LeftToRight(references));
        }
    }

    private static BankTransfer? AccountOf(LetterInvoice invoice) =>
        invoice.Bank is { } bank ? bank with { Reference = null } : null;

    private static IReadOnlyList<LetterInvoice> ListedFor(BankTransfer account, NoticeContent content) =>
        [.. content.Listed.Where(invoice => AccountOf(invoice) == account)];

    private static string ReferenceOf(LetterInvoice invoice) => invoice.Bank?.Reference ?? invoice.Number;

    /// <summary>Invoice numbers may stand in one line of text; of structured references each needs its own.</summary>
    private static bool HasOneReference(IEnumerable<LetterInvoice> invoices) =>
        invoices.Select(invoice => invoice.Bank!.Reference).Distinct().Take(2).Count() == 1;

    /// <summary>Groups of four characters, the print format of ISO 13616.</summary>
    public static string FormatIban(string iban)
    {
        // By runes, not by chars: the creditor's own IBAN comes from the settings and is not validated.
        var runes = iban.ToUpperInvariant().EnumerateRunes().Where(rune => !Rune.IsWhiteSpace(rune));
        return string.Join(' ', runes.Chunk(4).Select(group => string.Concat(group)));
    }
}
