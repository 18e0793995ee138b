using Dunning.Notices.Letters;
using Dunning.Notices.Localization;
using Dunning.Receivables;

namespace Dunning.Notices.Email;

/// <summary>
/// The texts that the email templates show, in their order. All are formatted; the templates only arrange them.
/// </summary>
internal sealed record EmailPage
{
    public required Language Language { get; init; }
    public required string Subject { get; init; }

    /// <summary>The preview text that mail clients show after the subject.</summary>
    public required Sentence Preheader { get; init; }
    public required Sentence Company { get; init; }

    /// <summary>The note above the message; null in the customer's own email.</summary>
    public PageCopy? Copy { get; private init; }
    public required Sentence Heading { get; init; }
    public required Sentence Greeting { get; init; }
    public required Sentence Opening { get; init; }

    /// <summary>What has changed, or has been agreed, and what a person adds.</summary>
    public IReadOnlyList<Sentence> Notes { get; init; } = [];

    /// <summary>What the account manager has to do; only in a follow-up.</summary>
    public Sentence? ToDo { get; init; }
    public required string AmountLabel { get; init; }
    public required IReadOnlyList<Sentence> Amounts { get; init; }
    public required IReadOnlyList<PageDetail> Details { get; init; }

    /// <summary>HTTPS link to the only invoice's document; null when there are several.</summary>
    public string? DocumentLink { get; init; }

    /// <summary>To files that are not attached.</summary>
    public IReadOnlyList<PageLink> DocumentLinks { get; init; } = [];

    /// <summary>The names of the attached files; null for none.</summary>
    public Sentence? Attached { get; init; }

    /// <summary>Null when there is one invoice: <see cref="Details"/> shows it.</summary>
    public PageInvoices? Invoices { get; init; }

    /// <summary>Only in a statement of account.</summary>
    public PageAccount? Account { get; init; }

    /// <summary>Null in a message that does not ask for money.</summary>
    public PagePayment? Payment { get; init; }
    public required Sentence Request { get; init; }

    /// <summary>To the customer's pages; null without a portal, and in a copy for somebody else.</summary>
    public string? PortalLink { get; init; }

    /// <summary>Null in a follow-up.</summary>
    public PageSignature? Signature { get; init; }
    public PageInvoices? Disputed { get; init; }
    public PageHistory? History { get; init; }

    /// <exception cref="ArgumentException">
    /// The content has no invoice and is no statement, or is a final reminder without a date to pay by.
    /// </exception>
    public static EmailPage Create(NoticeContent content)
    {
        if (content.Statement is { } statement)
            return StatementPage.Create(content, statement);
        if (content.Invoices.Count == 0)
            throw new ArgumentException("The content has no invoice. Add at least one.", nameof(content));
        var formatter = new PhraseFormatter(content);
        var phrases = content.Language.Letters[content.Tone];
        var opening = content.IsAboutPaidInvoice
            ? formatter.Format(content.Language.Agreements.AboutInvoice)
            : formatter.Format(phrases.Opening, phrases.Openings);
        var common = content.Language.Common;
        var isFollowUp = content.Tone is NoticeTone.FollowUp;
        return new EmailPage
        {
            Language = content.Language,
            Subject = formatter.Format(phrases.Subject, phrases.Subjects).ToPlain(),
            Preheader = content.AsksForMoney ? formatter.Format(common.Preheader, common.Preheaders) : opening,
            Company = formatter.FirstStrong(content.From.Company),
            Heading = formatter.Format(phrases.Heading),
            Greeting = formatter.Format(common.Greeting),
            Opening = opening,
            Notes =
            [
                .. AgreementNotes.Create(content, formatter),
                .. ChargeNotes.Create(content),
                .. FormalLetterNotes.Create(content, formatter),
                .. content.OffersPlan ? [formatter.Format(common.OfferPlan)] : Array.Empty<Sentence>(),
                .. content.PersonalLines.Select(line => formatter.FirstStrong(line)),
            ],
            ToDo = content.FollowUp is { } task ? formatter.Task(task) : null,
            AmountLabel = formatter.Label(AmountLabelFor(content.Tone)),
            Amounts = [.. formatter.Totals.Select(formatter.Money)],
            Details = [.. PageDetail.Create(content, formatter)],
            DocumentLink = content.OnlyInvoice?.DocumentUrl,
            DocumentLinks =
            [
                .. content.DocumentLinks.Select(link => new PageLink(formatter.FirstStrong(link.Name), link.Url!)),
            ],
            Attached = content.Attached.Count > 0 ? formatter.FirstStrong(string.Join(", ", content.Attached)) : null,
            Invoices = content.OnlyInvoice is null ? PageInvoices.Create(content, formatter) : null,
            Payment = content.TellsHowToPay ? PagePayment.Create(content, formatter) : null,
            Request = formatter.Format(phrases.Request),
            PortalLink = content.PortalLink,
            Signature = isFollowUp ? null : PageSignature.Create(content.From, formatter),
            Disputed = PageInvoices.CreateDisputed(content, formatter),
            History = PageHistory.Create(content.History, formatter),
        };
    }

    /// <summary>
    /// A copy for another reader: a note in the reader's language, and below it the page as the customer got it.
    /// </summary>
    public static EmailPage CreateCopy(NoticeContent content, CopyNote note)
    {
        var quoted = Create(content);
        var formatter = new PhraseFormatter(content with { Language = note.Language });
        var subject = new TextSpan(quoted.Subject);
        var copy = PageCopy.Create(note, formatter);
        return quoted with
        {
            Subject = formatter.Format(note.Language.Common.CopySubject, "subject", subject).ToPlain(),
            Preheader = copy.Why,
            Copy = copy,
            PortalLink = null,
        };
    }

    private static LabelKey AmountLabelFor(NoticeTone tone) =>
        tone switch
        {
            NoticeTone.ThankYou => LabelKey.AmountReceived,
            NoticeTone.FollowUp => LabelKey.OpenAmount,
            NoticeTone.PlanAgreed => LabelKey.Agreed,
            NoticeTone.Collection => LabelKey.InvoiceAmount,
            _ => LabelKey.AmountDue,
        };
}

/// <summary>The earlier messages, oldest first, with the language of its headings.</summary>
internal sealed record PageHistory(Language Language, IReadOnlyList<PageHistoryRow> Rows)
{
    /// <returns>Null when there is none.</returns>
    public static PageHistory? Create(IReadOnlyList<LetterHistory> history, PhraseFormatter formatter) =>
        history.Count == 0
            ? null
            : new(
                formatter.Language,
                [
                    .. history.Select(h => new PageHistoryRow(
                        formatter.Date(h.On),
                        formatter.Label(h.Channel),
                        formatter.FirstStrong(h.What)
                    )),
                ]
            );
}

internal sealed record PageHistoryRow(Sentence On, string Channel, Sentence What);

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
)
{
    public static PageSignature Create(Sender from, PhraseFormatter formatter) =>
        new(
            formatter.Format(formatter.Language.Common.SignOff),
            formatter.FirstStrong(from.Person),
            formatter.FirstStrong(from.Company),
            formatter.LeftToRight(from.Phone),
            from.Phone is { } phone ? string.Concat(phone.Where(c => char.IsAsciiDigit(c) || c == '+')) : null,
            formatter.LeftToRight(from.Email),
            from.Email,
            from.AddressLines is { Count: > 0 } lines ? formatter.FirstStrong(string.Join(", ", lines)) : null,
            formatter.LeftToRight(from.TaxId)
        );
}
