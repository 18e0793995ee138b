using Dunning.Receivables;

namespace Dunning.Notices.Letters;

/// <summary>What a message says of an invoice.</summary>
internal sealed record LetterInvoice
{
    public required string Number
    {
        get;
        init => field = UntrustedText.Clean(value);
    }
    public required DateOnly IssueDate { get; init; }
    public required DateOnly DueDate { get; init; }

    /// <summary>What is still owed; in a thank-you, what was owed.</summary>
    public required Money OpenAmount { get; init; }

    /// <summary>What has been paid so far; zero if nothing.</summary>
    public required Money Paid { get; init; }

    /// <summary>HTTPS link to pay online.</summary>
    public string? PaymentUrl
    {
        get;
        init => field = UntrustedText.SafeLink(value);
    }

    /// <summary>HTTPS link to the invoice document.</summary>
    public string? DocumentUrl
    {
        get;
        init => field = UntrustedText.SafeLink(value);
    }
    public BankTransfer? Bank
    {
        get;
        init => field = value is null ? null : Clean(value);
    }
    public string? OrderReference
    {
        get;
        init => field = UntrustedText.CleanOrNull(value);
    }

    public bool IsPartPaid => Paid.IsPositive && OpenAmount.IsPositive;

    public bool HasWayToPay => PaymentUrl is not null || Bank is { NamesAccount: true };

    /// <summary>Calendar days since the due date; negative before it.</summary>
    public int DaysOverdue(DateOnly today) => today.DayNumber - DueDate.DayNumber;

    private static BankTransfer Clean(BankTransfer bank) =>
        new(
            UntrustedText.CleanOrNull(bank.Iban),
            UntrustedText.CleanOrNull(bank.Bic),
            UntrustedText.CleanOrNull(bank.Reference),
            UntrustedText.CleanOrNull(bank.AccountName),
            UntrustedText.CleanOrNull(bank.AccountNumber),
            UntrustedText.CleanOrNull(bank.BankCode)
        );
}
