using Dunning.Receivables;

namespace Dunning.Notices.Letters;

/// <summary>Cleans all untrusted texts of a message's content before they are rendered.</summary>
internal static class Sanitizer
{
    public static NoticeContent Cleaned(this NoticeContent content) =>
        content with
        {
            From = new Sender(
                UntrustedText.Clean(content.From.Company),
                Clean(content.From.Person),
                UntrustedText.Clean(content.From.Email),
                Clean(content.From.Phone)
            )
            {
                Address = [.. content.From.Address.Select(Clean).OfType<string>()],
                TaxId = Clean(content.From.TaxId),
            },
            Greet = UntrustedText.Clean(content.Greet),
            CustomerName = UntrustedText.Clean(content.CustomerName),
            Invoices = [.. content.Invoices.Select(Cleaned)],
            Disputed = [.. content.Disputed.Select(Cleaned)],
            History = Cleaned(content.History),
            FollowUp = Clean(content.FollowUp),
        };

    public static CopyNote Cleaned(this CopyNote note) =>
        note with
        {
            Reader = UntrustedText.Clean(note.Reader),
            Sms = Clean(note.Sms),
            History = Cleaned(note.History),
        };

    private static IReadOnlyList<LetterHistory> Cleaned(IReadOnlyList<LetterHistory> history) =>
        [.. history.Select(h => new LetterHistory(h.On, UntrustedText.Clean(h.Channel), UntrustedText.Clean(h.What)))];

    private static LetterInvoice Cleaned(LetterInvoice invoice) =>
        invoice with
        {
            Number = UntrustedText.Clean(invoice.Number),
            PaymentUrl = UntrustedText.SafeLink(invoice.PaymentUrl),
            DocumentUrl = UntrustedText.SafeLink(invoice.DocumentUrl),
            OrderReference = Clean(invoice.OrderReference),
            Bank = invoice.Bank is { } bank
                ? new BankTransfer(
                    Clean(bank.Iban),
                    Clean(bank.Bic),
                    Clean(bank.Reference),
                    Clean(bank.AccountName),
                    Clean(bank.AccountNumber),
                    Clean(bank.BankCode)
                )
                : null,
        };

    /// <summary>Null for an empty text, so that templates need to test for null only.</summary>
    private static string? Clean(string? text) =>
        text is null || UntrustedText.Clean(text) is not { Length: > 0 } cleaned ? null : cleaned;
}
