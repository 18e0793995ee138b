using System.Text;
using Dunning.Notices.Letters;
using Dunning.Notices.Localization;
using Dunning.Receivables;

namespace Dunning.Notices.Email;

/// <summary>
/// How to pay by bank: one block an account, with the references of all invoices that are paid to it.
/// </summary>
internal static class BankLines
{
    public static IReadOnlyList<PageBank> Create(NoticeContent content, Language language, PhraseFormatter formatter) =>
        [
            .. content
                .Invoices.Where(invoice => invoice.Bank is { Iban: not null } or { AccountName: not null })
                .GroupBy(invoice => invoice.Bank! with { Reference = null })
                .Select(account => new PageBank([
                    .. Details(account.Key, References(account), formatter)
                        .Select(line => new PageDetail(language.Labels[line.Item1], line.Item2)),
                ])),
        ];

    /// <summary>In groups of four, as ISO 13616 has it printed.</summary>
    public static string Grouped(string iban)
    {
        // By whole characters: a creditor's own account comes from its settings unchecked.
        var signs = iban.ToUpperInvariant().EnumerateRunes().Where(sign => !Rune.IsWhiteSpace(sign));
        return string.Join(' ', signs.Chunk(4).Select(four => string.Concat(four)));
    }

    private static string References(IEnumerable<LetterInvoice> invoices) =>
        string.Join(", ", invoices.Select(invoice => invoice.Bank!.Reference ?? invoice.Number).Distinct());

    private static IEnumerable<(LabelKey, Sentence)> Details(
        BankTransfer account,
        string references,
        PhraseFormatter formatter
    )
    {
        if (account.AccountName is { } name)
            yield return (LabelKey.AccountName, formatter.Of(TextSpan.Own(name)));
        if (account.Iban is { } iban)
            yield return (LabelKey.Iban, formatter.Of(TextSpan.Ltr(Grouped(iban))));
        if (account.Bic is { } bic)
            yield return (LabelKey.Bic, formatter.Of(TextSpan.Ltr(bic)));
        yield return (LabelKey.PaymentReference, formatter.Of(TextSpan.Ltr(references)));
    }
}
