using Dunning.Notices.Localization;

namespace Dunning.Notices.Email;

/// <summary>
/// The texts that the email templates show, in their order. All are formatted; the templates only arrange them.
/// </summary>
internal sealed record EmailPage
{
    public required PageLanguage Language { get; init; }
    public required string Subject { get; init; }
    public required Sentence Preheader { get; init; }
    public required Sentence Company { get; init; }

    /// <summary>The note above the message; null in the customer's own email.</summary>
    public PageCopy? Copy { get; init; }
    public required Sentence Heading { get; init; }
    public required Sentence Greeting { get; init; }
    public required Sentence Opening { get; init; }

    /// <summary>What the account manager has to do; only in a follow-up.</summary>
    public Sentence? ToDo { get; init; }
    public required string AmountLabel { get; init; }
    public required IReadOnlyList<Sentence> Amounts { get; init; }

    /// <summary>HTTPS link to pay the only invoice; null when there are several.</summary>
    public string? PayLink { get; init; }
    public required Sentence PayAmount { get; init; }

    /// <summary>HTTPS link to the only invoice's document; null when there are several.</summary>
    public string? DocumentLink { get; init; }
    public required IReadOnlyList<PageDetail> Details { get; init; }

    /// <summary>Heading of the amount column.</summary>
    public required string RowAmountLabel { get; init; }

    /// <summary>Empty when there is one invoice: <see cref="Details"/> shows it.</summary>
    public required IReadOnlyList<PageInvoice> Invoices { get; init; }

    /// <summary>How many more invoices there are and their sum; null when all are listed.</summary>
    public Sentence? MoreInvoices { get; init; }
    public required IReadOnlyList<PageBank> Banks { get; init; }

    /// <summary>How to learn where to pay; null when each invoice has an account or a link.</summary>
    public Sentence? AskForAccount { get; init; }
    public required Sentence Request { get; init; }
    public required IReadOnlyList<PageInvoice> Disputed { get; init; }

    /// <summary>As <see cref="MoreInvoices"/>.</summary>
    public Sentence? MoreDisputed { get; init; }
    public required IReadOnlyList<PageHistory> History { get; init; }
    public Sentence? AlreadyPaid { get; init; }
    public Sentence? Questions { get; init; }
    public PageSignature? Signature { get; init; }
}

/// <summary>The note of a copy, in its reader's language; the rest of the page is quoted below it.</summary>
/// <param name="Heading">Names whose message of which day is quoted.</param>
/// <param name="Sms">The quoted text in place of the page; null when an email is quoted.</param>
internal sealed record PageCopy(
    PageLanguage Language,
    Sentence Greeting,
    Sentence Why,
    Sentence Request,
    Sentence? Copied,
    Sentence Heading,
    Sentence? Sms,
    IReadOnlyList<PageHistory> History
);

internal sealed record PageDetail(string Label, Sentence Value);

/// <param name="Amount">The open amount; in a thank-you, the amount received.</param>
/// <param name="Paid">Paid so far; null unless part paid.</param>
/// <param name="Reference">
/// What to write on the transfer; null when the account's own lines say it. A structured reference belongs to one debt:
/// several in one line would match none.
/// </param>
internal sealed record PageInvoice(
    Sentence Number,
    Sentence Issued,
    Sentence Due,
    Sentence? Status,
    bool IsLate,
    Sentence Amount,
    Sentence? Paid = null,
    Sentence? Order = null,
    string? PayLink = null,
    string? DocumentLink = null,
    Sentence? Reference = null
);

/// <summary>One bank account to pay to.</summary>
internal sealed record PageBank(IReadOnlyList<PageDetail> Details);

internal sealed record PageHistory(Sentence On, Sentence Channel, Sentence What);

/// <param name="PhoneLink">The number in the form of a <c>tel:</c> URI.</param>
internal sealed record PageSignature(
    Sentence SignOff,
    Sentence? Person,
    Sentence Company,
    Sentence? Phone,
    string? PhoneLink,
    Sentence Email,
    string EmailLink,
    Sentence? Address,
    Sentence? TaxId
);

/// <param name="Start">Side on which lines start: left or right.</param>
/// <param name="L">Label texts by name, for headings and columns.</param>
internal sealed record PageLanguage(
    string Tag,
    string Direction,
    string Start,
    string End,
    IReadOnlyDictionary<string, string> L
)
{
    public static PageLanguage From(Language language)
    {
        var labels = language.Labels.ToDictionary(label => label.Key.ToString(), label => label.Value);
        return language.RightToLeft
            ? new(language.Tag, "rtl", "right", "left", labels)
            : new(language.Tag, "ltr", "left", "right", labels);
    }
}
