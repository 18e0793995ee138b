using Dunning.Notices.Email;
using Dunning.Notices.Letters;
using Dunning.Receivables;
using Dunning.Receivables.Banking;

namespace Dunning.Portal;

/// <summary>An account to pay to, and what to write on the transfer for each invoice.</summary>
public sealed record WayToPay(
    BankTransfer Account,
    IReadOnlyList<(string Number, PaymentReference Reference)> References
)
{
    /// <summary>In groups of four, as it is printed.</summary>
    public string? Iban => Account.Iban is { } iban ? PageBank.FormatIban(iban) : null;

    internal static IReadOnlyList<WayToPay> Of(
        IEnumerable<Invoice> invoices,
        Customer customer,
        NoticeContentBuilder letters
    ) =>
        [
            .. invoices
                .Where(invoice => !invoice.IsCollected)
                .Select(invoice => (invoice.Document.Number, Bank: letters.BankOf(invoice, customer)))
                .Where(invoice => invoice.Bank is { NamesAccount: true } or { AccountName: not null })
                .GroupBy(invoice => invoice.Bank!.WithoutReference())
                .Select(account => new WayToPay(
                    account.Key,
                    [
                        .. account.Select(invoice =>
                            (invoice.Number, invoice.Bank!.PaymentReference ?? new(null, invoice.Number))
                        ),
                    ]
                )),
        ];
}
