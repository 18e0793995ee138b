using System.Text;
using Dunning.Notices.Letters;
using Dunning.Notices.Localization;
using Dunning.Receivables;

namespace Dunning.Notices.Email;

/// <summary>
/// Bank transfer details: one block per account, with the references of the listed invoices that are paid to it.
/// </summary>
internal static class BankLines
{
    public static IReadOnlyList<PageBank> Create(NoticeContent content, Language language, PhraseFormatter formatter) =>
        [
            .. content
                .Invoices.Where(invoice => invoice.Bank is { NamesAccount: true } or { AccountName: not null })
                .GroupBy(invoice => invoice.Bank! with { Reference = null })
                .Select(account => new PageBank([
                    .. Details(account.Key, ReferencesOf(account.Key, content), formatter)
                        .Select(line => new PageDetail(language.Labels[line.Item1], line.Item2)),
                ])),
        ];

    /// <summary>The reference of one of several invoices of an account; null when the account has the line.</summary>
    public static Sentence? ReferenceOf(LetterInvoice invoice, NoticeContent content, PhraseFormatter formatter) =>
        invoice.Bank is { } bank
        && !HasOneReference(content.Invoices.Take(LetterRules.MaxListed).Where(other => IsSameAccount(other, bank)))
            ? formatter.FromSpan(TextSpan.Ltr(bank.Reference ?? invoice.Number))
            : null;

    /// <summary>Null when each invoice of the account has its own reference beside it, or none is listed.</summary>
    private static string? ReferencesOf(BankTransfer account, NoticeContent content)
    {
        var listed = content
            .Invoices.Take(LetterRules.MaxListed)
            .Where(invoice => IsSameAccount(invoice, account))
            .ToList();
        return HasOneReference(listed) ? References(listed) : null;
    }

    private static bool IsSameAccount(LetterInvoice invoice, BankTransfer bank) =>
        invoice.Bank is { } other && other with { Reference = null } == bank with { Reference = null };

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

    private static string References(IEnumerable<LetterInvoice> invoices) =>
        string.Join(", ", invoices.Select(invoice => invoice.Bank!.Reference ?? invoice.Number).Distinct());

    private static IEnumerable<(LabelKey, Sentence)> Details(
        BankTransfer account,
        string? references,
        PhraseFormatter formatter
    )
    {
        if (account.AccountName is { } name)
            yield return (LabelKey.AccountName, formatter.FromSpan(TextSpan.FirstStrong(name)));
        if (account.Iban is { } iban)
            yield return (LabelKey.Iban, formatter.FromSpan(TextSpan.Ltr(FormatIban(iban))));
        if (account is { Iban: null, AccountNumber: { } number })
            yield return (LabelKey.AccountNumber, formatter.FromSpan(TextSpan.Ltr(number)));
        if (account is { Iban: null, BankCode: { } code })
            yield return (LabelKey.BankCode, formatter.FromSpan(TextSpan.Ltr(code)));
        if (account.Bic is { } bic)
            yield return (LabelKey.Bic, formatter.FromSpan(TextSpan.Ltr(bic)));
        if (references is not null)
            yield return (LabelKey.PaymentReference, formatter.FromSpan(TextSpan.Ltr(references)));
    }
}
