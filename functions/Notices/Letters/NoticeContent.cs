using Dunning.Notices.Localization;
using Dunning.Receivables;

namespace Dunning.Notices.Letters;

/// <summary>
/// The content of one message as data, for every channel to render. Text from outside is cleaned where it is set, so it
/// needs no care later. Rendering it twice gives the same bytes.
/// </summary>
internal sealed record NoticeContent
{
    /// <summary>A longer list would not be read. The message says how many more there are, and their sum.</summary>
    public const int MaxListed = 25;

    public required NoticeTone Tone { get; init; }

    public required Language Language { get; init; }

    /// <summary>Today's date in the customer's time zone; "3 days overdue" is counted up to it.</summary>
    public required DateOnly Today { get; init; }
    public required Sender From { get; init; }

    /// <summary>Name in the greeting; the customer's name when no person is known.</summary>
    public required string Greet
    {
        get;
        init => field = UntrustedText.Clean(value);
    }

    /// <summary>The greeted name is a person's, not the customer's own.</summary>
    public bool GreetsPerson { get; init; }
    public required string CustomerName
    {
        get;
        init => field = UntrustedText.Clean(value);
    }

    /// <summary>ISO 3166-1 alpha-2, optionally with a subdivision; null where it is not known.</summary>
    public string? CustomerCountry
    {
        get;
        init => field = UntrustedText.CleanOrNull(value);
    }

    /// <summary>
    /// The invoices that the message demands, lists or thanks for, most urgent first; none only in a statement.
    /// </summary>
    public required IReadOnlyList<LetterInvoice> Invoices { get; init; }

    /// <summary>Invoices listed as in dispute and not demanded.</summary>
    public IReadOnlyList<LetterInvoice> Disputed { get; init; } = [];

    /// <summary>Date to pay by. Without it a final reminder cannot be rendered, because its phrases name it.</summary>
    public DateOnly? PayBy { get; init; }

    /// <summary>The plan that the message confirms; null in any other.</summary>
    public LetterPlan? Plan { get; init; }

    /// <summary>The earlier messages, oldest first; only in a follow-up.</summary>
    public IReadOnlyList<LetterHistory> History { get; init; } = [];

    /// <summary>What the account manager has to do; only in a follow-up.</summary>
    public FollowUp? FollowUp { get; init; }

    /// <summary>The roles of further contacts that get the email as a copy, as its steps say.</summary>
    public IReadOnlyList<string> CopyTo { get; init; } = [];

    /// <summary>It says that instalments can be agreed.</summary>
    public bool OffersPlan { get; init; }

    /// <summary>What a person wrote for this customer or these invoices.</summary>
    public IReadOnlyList<string> PersonalLines
    {
        get;
        init => field = [.. value.Select(UntrustedText.Clean)];
    } = [];

    /// <summary>The names of the attached files.</summary>
    public IReadOnlyList<string> Attached
    {
        get;
        init => field = [.. value.Select(UntrustedText.Clean)];
    } = [];

    /// <summary>To files that are not attached: not stored, or too large together.</summary>
    public IReadOnlyList<LetterLink> DocumentLinks { get; init; } = [];

    /// <summary>Link to the customer's own pages; null in a message to somebody else, and without a portal.</summary>
    public string? PortalLink
    {
        get;
        init => field = UntrustedText.CleanOrNull(value);
    }

    /// <summary>For a mail program: see RFC 8058.</summary>
    public string? UnsubscribeAddress => PortalLink is null ? null : $"{PortalLink}/answer/preferences";

    /// <summary>It is printed: nobody can reply to it or follow its links.</summary>
    public bool OnPaper { get; init; }

    /// <summary>Only in a statement.</summary>
    public StatementContent? Statement { get; init; }

    /// <summary>Only in a formal letter.</summary>
    public FormalLetterContent? FormalLetter { get; init; }

    /// <summary>A follow-up that is not about a missing payment.</summary>
    public bool IsAboutPaidInvoice { get; init; }

    /// <summary>The invoices that the message names one by one.</summary>
    public IEnumerable<LetterInvoice> Listed => Invoices.Take(MaxListed);

    public LetterInvoice? OnlyInvoice => Invoices is [var invoice] ? invoice : null;

    public bool AsksForMoney => Tone.IsReminder();

    /// <summary>The message names the ways to pay.</summary>
    public bool TellsHowToPay => AsksForMoney || Tone is NoticeTone.PlanAgreed;
}

/// <summary>The creditor and the person who answers replies.</summary>
internal sealed record Sender
{
    /// <summary>The creditor's name, as the customer knows it.</summary>
    public required string Company
    {
        get;
        init => field = UntrustedText.Clean(value);
    }

    /// <summary>
    /// Name of a person, or null. Reminders that name a person whom the recipient knows are paid sooner (randomised
    /// trial with lenders in the Philippines).
    /// </summary>
    public string? Person
    {
        get;
        init => field = UntrustedText.CleanOrNull(value);
    }

    /// <summary>Address for replies.</summary>
    public required string Email
    {
        get;
        init => field = UntrustedText.Clean(value);
    }
    public string? Phone
    {
        get;
        init => field = UntrustedText.CleanOrNull(value);
    }

    public PostalAddress? Address { get; init; }

    /// <summary>The lines of the postal address; empty for none.</summary>
    public IReadOnlyList<string> AddressLines =>
        [.. (Address?.Lines() ?? []).Select(UntrustedText.CleanOrNull).OfType<string>()];
    public string? TaxId
    {
        get;
        init => field = UntrustedText.CleanOrNull(value);
    }
}

/// <param name="On">Date in the customer's time zone.</param>
/// <param name="Channel"><see cref="LabelKey.ChannelEmail"/>, for example.</param>
/// <param name="What">Subject of the email or text of the SMS.</param>
internal sealed record LetterHistory(DateOnly On, LabelKey Channel, string What)
{
    public string What { get; } = UntrustedText.Clean(What);
}
