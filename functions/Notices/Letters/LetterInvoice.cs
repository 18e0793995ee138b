using Dunning.Policies.Interest;
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

    /// <summary>What is asked for now; in a thank-you, what was owed.</summary>
    public required Money OpenAmount { get; init; }

    /// <summary>The part of a plan that is asked for; null for the whole invoice.</summary>
    public LetterPart? Part { get; init; }

    /// <summary>The next part of a plan; only in a statement.</summary>
    public LetterPlanPart? NextPart { get; init; }

    /// <summary>The day of a promise to pay; only in a statement.</summary>
    public DateOnly? PromisedOn { get; init; }

    /// <summary>The rest is asked for, because a part of the plan was missed.</summary>
    public bool IsPlanBroken { get; init; }

    /// <summary>What is enough by which day, the next day first.</summary>
    public IReadOnlyList<LetterDiscount> Discounts { get; init; } = [];

    /// <summary>An amount that was raised since the customer was last told of it.</summary>
    public LetterRaisedAmount? RaisedAmount { get; init; }

    /// <summary>How the creditor collects the money; null when the customer pays.</summary>
    public CollectionTerms? Collection
    {
        get;
        init =>
            field = value is null
                ? null
                : value with
                {
                    MandateId = UntrustedText.CleanOrNull(value.MandateId),
                    CreditorId = UntrustedText.CleanOrNull(value.CreditorId),
                    AccountEnding = UntrustedText.CleanOrNull(value.AccountEnding),
                };
    }

    /// <summary>What it says of interest and fees; null for nothing.</summary>
    public InvoiceCharges? Charges { get; init; }

    /// <summary>Interest and fees, paid or not: a part of <see cref="OpenAmount"/> and <see cref="Paid"/>.</summary>
    public required Money Charged { get; init; }

    /// <summary>What has been paid so far; zero if nothing.</summary>
    public required Money Paid { get; init; }

    /// <summary>HTTPS links to pay online, the customer's preferred method first.</summary>
    public IReadOnlyList<PaymentLink> PaymentLinks
    {
        get;
        init => field = [.. value.Select(Clean).OfType<PaymentLink>()];
    } = [];

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

    public bool HasWayToPay => PaymentLinks.Count > 0 || Bank is { NamesAccount: true };

    /// <summary>Calendar days since the due date; negative before it.</summary>
    public int DaysOverdue(DateOnly today) => today.DayNumber - DueDate.DayNumber;

    private static BankTransfer Clean(BankTransfer bank) =>
        bank with
        {
            Iban = UntrustedText.CleanOrNull(bank.Iban),
            Bic = UntrustedText.CleanOrNull(bank.Bic),
            Reference = UntrustedText.CleanOrNull(bank.Reference),
            AccountName = UntrustedText.CleanOrNull(bank.AccountName),
            AccountNumber = UntrustedText.CleanOrNull(bank.AccountNumber),
            BankCode = UntrustedText.CleanOrNull(bank.BankCode),
            UnknownFields = null,
        };

    private static PaymentLink? Clean(PaymentLink link) =>
        UntrustedText.SafeLink(link.Url) is { } url
            ? link with
            {
                Url = url,
                Label = UntrustedText.CleanOrNull(link.Label),
            }
            : null;
}

/// <param name="Later">What falls due later.</param>
/// <param name="RestDueAfter">
/// The last day on which the part can be paid before all of the rest falls due; null when it does not.
/// </param>
internal sealed record LetterPart(int Number, int Count, Money Later, DateOnly? RestDueAfter);

/// <param name="Pay">What is left to pay with the discount.</param>
internal sealed record LetterDiscount(Money Pay, DateOnly Until);

internal sealed record LetterRaisedAmount(Money From, Money To, string? Reason)
{
    public string? Reason { get; } = UntrustedText.CleanOrNull(Reason);
}
