using Dunning.Notices.Letters;
using Dunning.Notices.Localization;
using Dunning.Receivables;

namespace Dunning.Notices.Email;

/// <summary>A table of invoices.</summary>
/// <param name="AmountLabel">Heading of the amount column.</param>
/// <param name="More">Of a table that is cut: how many more invoices there are and their sum.</param>
internal sealed record PageInvoices(string AmountLabel, IReadOnlyList<PageInvoice> Rows, Sentence? More)
{
    public string Heading { get; private init; } = "";

    /// <summary>Per currency.</summary>
    public IReadOnlyList<Sentence> Totals { get; private init; } = [];

    public static PageInvoices Create(NoticeContent content, PhraseFormatter formatter) =>
        new(
            formatter.Label(content.Tone is NoticeTone.ThankYou ? LabelKey.AmountReceived : LabelKey.OpenAmount),
            [.. content.Listed.Select(invoice => PageInvoice.Create(invoice, content, formatter))],
            CreateMore(content.Invoices, content)
        )
        {
            Heading = formatter.Label(LabelKey.Invoices),
            Totals = [.. formatter.Totals.Select(formatter.Money)],
        };

    /// <summary>What a statement lists as open: also what is in dispute, marked, without a way to pay it.</summary>
    /// <returns>Null when nothing is open.</returns>
    public static PageInvoices? CreateOpenItems(NoticeContent content, PhraseFormatter formatter)
    {
        List<LetterInvoice> open =
        [
            .. content
                .Invoices.Concat(content.Disputed)
                .OrderBy(invoice => invoice.DueDate)
                .ThenBy(invoice => invoice.Number, StringComparer.Ordinal),
        ];
        if (open.Count == 0)
            return null;
        var rows =
            from invoice in open.Take(NoticeContent.MaxListed)
            select content.Disputed.Contains(invoice)
                ? PageInvoice.CreateDisputed(invoice, formatter) with
                {
                    Status = formatter.FirstStrong(formatter.Label(LabelKey.Disputed)),
                }
                : PageInvoice.Create(invoice, content, formatter);
        return new(formatter.Label(LabelKey.OpenAmount), [.. rows], CreateMore(open, content))
        {
            Heading = formatter.Label(LabelKey.OpenItems),
            Totals = [.. new PhraseFormatter(content with { Invoices = open }).Totals.Select(formatter.Money)],
        };
    }

    /// <returns>Null when no invoice is in dispute.</returns>
    public static PageInvoices? CreateDisputed(NoticeContent content, PhraseFormatter formatter) =>
        content.Disputed.Count == 0
            ? null
            : new(
                formatter.Label(LabelKey.OpenAmount),
                [
                    .. content
                        .Disputed.Take(NoticeContent.MaxListed)
                        .Select(invoice => PageInvoice.CreateDisputed(invoice, formatter)),
                ],
                CreateMore(content.Disputed, content)
            );

    private static Sentence? CreateMore(IReadOnlyList<LetterInvoice> invoices, NoticeContent content) =>
        invoices.Count > NoticeContent.MaxListed
            ? new PhraseFormatter(content with { Invoices = [.. invoices.Skip(NoticeContent.MaxListed)] }).Format(
                content.Language.Common.MoreInvoices
            )
            : null;
}

/// <summary>A row of the table.</summary>
internal sealed record PageInvoice
{
    public required Sentence Number { get; init; }
    public required Sentence Issued { get; init; }
    public required Sentence Due { get; init; }
    public Sentence? Status { get; init; }
    public bool IsLate { get; init; }

    /// <summary>The open amount; in a thank-you, the amount received.</summary>
    public required Sentence Amount { get; init; }

    /// <summary>Null unless part paid.</summary>
    public Sentence? Paid { get; init; }

    /// <summary>What falls due later, of a plan.</summary>
    public Sentence? Later { get; init; }

    /// <summary>What is enough when it is paid early; in a statement, what is agreed.</summary>
    public IReadOnlyList<Sentence> Agreed { get; init; } = [];
    public Sentence? Order { get; init; }

    /// <summary>
    /// What to write on the transfer; null when the account's own lines say it. A structured reference belongs to one
    /// debt: several in one line would match none.
    /// </summary>
    public PageDetail? Reference { get; init; }
    public IReadOnlyList<PageLink> PayLinks { get; init; } = [];
    public string? DocumentLink { get; init; }

    /// <summary>What is shown of an invoice that the message is about.</summary>
    public static PageInvoice Create(LetterInvoice invoice, NoticeContent content, PhraseFormatter formatter)
    {
        var isThankYou = content.Tone is NoticeTone.ThankYou;
        var namesWays = content.AsksForMoney || content.Tone is NoticeTone.Statement;
        return CreateDisputed(invoice, formatter) with
        {
            Status = isThankYou ? null : formatter.Status(invoice),
            IsLate = !isThankYou && invoice.DaysOverdue(content.Today) > 0,
            Amount = formatter.Money(formatter.RelevantAmount(invoice)),
            Paid = invoice.IsPartPaid && !isThankYou ? formatter.Money(invoice.Paid) : null,
            Later = formatter.Later(invoice),
            Agreed = [.. invoice.Discounts.Select(formatter.Discount), .. formatter.Agreements(invoice)],
            Reference = namesWays ? PageBank.ReferenceOf(invoice, content, formatter) : null,
            PayLinks = namesWays
                ? PageLink.Create(
                    invoice.PaymentLinks,
                    formatter.FirstStrong(formatter.Label(LabelKey.PayOnline)),
                    formatter
                )
                : [],
        };
    }

    /// <summary>Without status and payment link, because the invoice is not demanded.</summary>
    public static PageInvoice CreateDisputed(LetterInvoice invoice, PhraseFormatter formatter) =>
        new()
        {
            Number = formatter.Name(invoice),
            Issued = formatter.ShortDate(invoice.IssueDate),
            Due = formatter.ShortDate(invoice.DueDate),
            Amount = formatter.Money(invoice.OpenAmount),
            Order = formatter.LeftToRight(invoice.OrderReference),
            DocumentLink = invoice.DocumentUrl,
        };
}
