using System.Text;
using Dunning.Notices.Letters;
using Dunning.Notices.Localization;
using Dunning.Receivables;
using Dunning.Receivables.Banking;

namespace Dunning.Notices.Email;

/// <summary>How to pay, and what to do instead.</summary>
/// <param name="Links">To pay the only invoice online, the customer's way first; none when there are several.</param>
/// <param name="AskForAccount">How to learn where to pay; null when each invoice has an account or a link.</param>
/// <param name="Code">The transfer as a QR code; null where customers' banks read none.</param>
internal sealed record PagePayment(
    IReadOnlyList<PageLink> Links,
    IReadOnlyList<PageBank> Banks,
    Sentence? AskForAccount,
    PaymentCode? Code,
    Sentence? Questions,
    Sentence? AlreadyPaid
)
{
    public static PagePayment Create(NoticeContent content, PhraseFormatter formatter)
    {
        var common = content.Language.Common;
        var links = content.OnlyInvoice?.PaymentLinks ?? [];
        return new(
            PageLink.Create(links, formatter.Format(common.PayAmount), formatter),
            PageBank.Create(content, formatter),
            content.Invoices.All(invoice => invoice.HasWayToPay)
                ? null
                : formatter.Format(content.OnPaper ? common.AskForAccountOnPaper : common.AskForAccount),
            PaymentCode.Create(content, formatter),
            formatter.Format(content.OnPaper ? common.QuestionsOnPaper : common.Questions),
            formatter.Format(common.AlreadyPaid)
        );
    }

    /// <summary>The ways to pay without a request: each invoice has its own link in the list.</summary>
    public static PagePayment CreateWays(NoticeContent content, PhraseFormatter formatter) =>
        Create(content, formatter) with
        {
            Links = [],
            Code = null,
            Questions = null,
            AlreadyPaid = null,
        };
}

/// <summary>A link with its text.</summary>
internal sealed record PageLink(Sentence Text, string Url)
{
    /// <summary>Of pages to pay on. Several are told apart by the way to pay; one needs no word for it.</summary>
    /// <param name="only">The text of a link that is the only one.</param>
    public static IReadOnlyList<PageLink> Create(
        IReadOnlyList<PaymentLink> links,
        Sentence only,
        PhraseFormatter formatter
    ) =>
        links is [var link]
            ? [new(only, link.Url)]
            :
            [
                .. links.Select(one => new PageLink(
                    formatter.FirstStrong(PaymentWords.TextOf(one, formatter.Language)),
                    one.Url
                )),
            ];
}

/// <summary>One bank account to pay to, with the references of the listed invoices that are paid to it.</summary>
internal sealed record PageBank(IReadOnlyList<PageDetail> Details)
{
    public static IReadOnlyList<PageBank> Create(NoticeContent content, PhraseFormatter formatter) =>
        [
            .. content
                .Invoices.Where(invoice => invoice.Bank is { NamesAccount: true } or { AccountName: not null })
                .Select(AccountOf)
                .OfType<BankTransfer>()
                .Distinct()
                .Select(account => new PageBank([.. DetailsOf(account, content, formatter)])),
        ];

    /// <summary>The reference of one of several invoices of an account; null when the account has the line.</summary>
    public static PageDetail? ReferenceOf(LetterInvoice invoice, NoticeContent content, PhraseFormatter formatter) =>
        AccountOf(invoice) is { } account && !HasOneReference(ListedFor(account, content))
            ? Detail(ReferenceOf(invoice), formatter)
            : null;

    /// <summary>What pays all the invoices in one transfer; null when each has its own reference.</summary>
    public static PaymentReference? OnlyReference(IReadOnlyList<LetterInvoice> invoices) =>
        invoices.Select(ReferenceOf).Distinct().ToList() is [var reference] ? reference : null;

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
        foreach (var (label, value) in PaymentWords.PartsOf(account, formatter.Language))
            yield return new(label, formatter.LeftToRight(value));
        if (account.Bic is { } bic)
            yield return new(formatter.Label(LabelKey.Bic), formatter.LeftToRight(bic));
        // Otherwise each invoice has its own reference beside it, or none is listed.
        if (ListedFor(account, content) is not { Count: > 0 } invoices || !HasOneReference(invoices))
            yield break;
        yield return OnlyReference(invoices) is { } reference
            ? Detail(reference, formatter)
            : new(
                formatter.Label(LabelKey.PaymentReference),
                formatter.LeftToRight(string.Join(", ", invoices.Select(invoice => invoice.Number).Distinct()))
            );
    }

    private static PageDetail Detail(PaymentReference reference, PhraseFormatter formatter) =>
        new(reference.Label(formatter.Label(LabelKey.PaymentReference)), formatter.LeftToRight(reference.Printed));

    private static BankTransfer? AccountOf(LetterInvoice invoice) => invoice.Bank?.WithoutReference();

    private static IReadOnlyList<LetterInvoice> ListedFor(BankTransfer account, NoticeContent content) =>
        [.. content.Listed.Where(invoice => AccountOf(invoice) == account)];

    private static PaymentReference ReferenceOf(LetterInvoice invoice) =>
        invoice.Bank?.PaymentReference ?? new(null, invoice.Number);

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
