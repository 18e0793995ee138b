using Dunning.Notices.Localization;

namespace Dunning.Notices.Email;

/// <summary>
/// What the mail templates show, in their order. Everything is ready to print; the templates only place it.
/// </summary>
internal sealed record EmailPage
{
    public required PageLanguage Language { get; init; }
    public required string Subject { get; init; }
    public required Sentence Preheader { get; init; }
    public required Sentence Company { get; init; }

    /// <summary>Why somebody else than the addressee reads this.</summary>
    public Sentence? CopyNote { get; init; }
    public required Sentence Heading { get; init; }
    public required Sentence Greeting { get; init; }
    public required Sentence Opening { get; init; }

    /// <summary>What the account manager is asked to do.</summary>
    public Sentence? ToDo { get; init; }
    public required string AmountLabel { get; init; }
    public required IReadOnlyList<Sentence> Amounts { get; init; }

    /// <summary>Https links of the only invoice.</summary>
    public string? PayLink { get; init; }
    public required Sentence PayAmount { get; init; }
    public string? DocumentLink { get; init; }
    public required IReadOnlyList<PageDetail> Details { get; init; }

    /// <summary>Heading of the amount column.</summary>
    public required string RowAmountLabel { get; init; }

    /// <summary>Empty when there is one invoice: its details say it all.</summary>
    public required IReadOnlyList<PageInvoice> Invoices { get; init; }
    public required IReadOnlyList<PageBank> Banks { get; init; }
    public required Sentence Request { get; init; }
    public required IReadOnlyList<PageInvoice> Disputed { get; init; }
    public required IReadOnlyList<PageHistory> History { get; init; }
    public Sentence? AlreadyPaid { get; init; }
    public Sentence? Questions { get; init; }
    public PageSignature? Signature { get; init; }
}

internal sealed record PageDetail(string Label, Sentence Value);

/// <param name="Amount">What is open on it; what was received in a thank-you.</param>
/// <param name="Paid">Paid so far, where something was and something is still open.</param>
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
    string? DocumentLink = null
);

/// <summary>One account to pay to.</summary>
internal sealed record PageBank(IReadOnlyList<PageDetail> Details);

internal sealed record PageHistory(Sentence On, Sentence Channel, Sentence What);

/// <param name="PhoneLink">The number as a <c>tel:</c> address takes it.</param>
internal sealed record PageSignature(
    Sentence SignOff,
    Sentence? Person,
    Sentence Company,
    Sentence? Phone,
    string? PhoneLink,
    Sentence Email,
    string EmailLink
);

/// <param name="Start">The side lines start on: left or right.</param>
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
