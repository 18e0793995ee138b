using Dunning.Book;

namespace Dunning.Notify;

/// <summary>Every text that came from outside, cleaned before any renderer sees it.</summary>
public static class CleanLetter
{
    public static Letter Cleaned(this Letter letter) => letter with
    {
        From = new Sender(
            IncomingText.Clean(letter.From.Company),
            Clean(letter.From.Person),
            IncomingText.Clean(letter.From.Email),
            Clean(letter.From.Phone)),
        Greet = IncomingText.Clean(letter.Greet),
        CustomerName = IncomingText.Clean(letter.CustomerName),
        Invoices = [.. letter.Invoices.Select(Cleaned)],
        Disputed = [.. letter.Disputed.Select(Cleaned)],
        History = [.. letter.History.Select(h => new LetterHistory(h.On, IncomingText.Clean(h.Channel), IncomingText.Clean(h.What)))],
        Task = Clean(letter.Task),
    };

    private static LetterInvoice Cleaned(LetterInvoice invoice) => invoice with
    {
        Number = IncomingText.Clean(invoice.Number),
        PaymentUrl = IncomingText.SafeLink(invoice.PaymentUrl),
        DocumentUrl = IncomingText.SafeLink(invoice.DocumentUrl),
        OrderReference = Clean(invoice.OrderReference),
        Bank = invoice.Bank is { } bank
            ? new BankTransfer(Clean(bank.Iban), Clean(bank.Bic), Clean(bank.Reference), Clean(bank.AccountName))
            : null,
    };

    /// <summary>Null for what is empty, so that a template has one way to ask.</summary>
    private static string? Clean(string? text) => text is null || IncomingText.Clean(text) is not { Length: > 0 } cleaned ? null : cleaned;
}
