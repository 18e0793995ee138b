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
