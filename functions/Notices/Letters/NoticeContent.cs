using Dunning.Receivables;

namespace Dunning.Notices.Letters;

/// <summary>
/// The content of one message as data; a language and a channel render it. Rendering it twice gives the same bytes.
/// </summary>
public sealed record NoticeContent
{
    public required NoticeTone Tone { get; init; }

    /// <summary>BCP 47 tag; English is used when there is no such language file.</summary>
    public required string Language { get; init; }

    /// <summary>Today's date in the customer's time zone; "3 days overdue" is counted up to it.</summary>
    public required DateOnly Today { get; init; }
    public required Sender From { get; init; }

    /// <summary>Name in the greeting; the customer's name when no person is known.</summary>
    public required string Greet { get; init; }
    public required string CustomerName { get; init; }

    /// <summary>The invoices that the message demands or thanks for, most urgent first.</summary>
    public required IReadOnlyList<LetterInvoice> Invoices { get; init; }

    /// <summary>Invoices listed as in dispute and not demanded.</summary>
    public IReadOnlyList<LetterInvoice> Disputed { get; init; } = [];

    /// <summary>Date to pay by; required for a final reminder.</summary>
    public DateOnly? PayBy { get; init; }

    /// <summary>The earlier messages, oldest first; only in a follow-up.</summary>
    public IReadOnlyList<LetterHistory> History { get; init; } = [];

    /// <summary>What the account manager has to do; only in a follow-up.</summary>
    public string? FollowUp { get; init; }
}

/// <summary>The creditor and the person who answers replies.</summary>
/// <param name="Company">The creditor's name, as the customer knows it.</param>
/// <param name="Person">
/// Name of a person, or null. Reminders that name a person whom the recipient knows are paid sooner (randomised trial
/// with lenders in the Philippines).
/// </param>
/// <param name="Email">Address for replies.</param>
public sealed record Sender(string Company, string? Person, string Email, string? Phone)
{
    /// <summary>The lines of the postal address; empty for none.</summary>
    public IReadOnlyList<string> Address { get; init; } = [];
    public string? TaxId { get; init; }
}

/// <param name="OpenAmount">What is still owed; in a thank-you, what was owed.</param>
/// <param name="Paid">What has been paid so far; zero if nothing.</param>
/// <param name="PaymentUrl">HTTPS link to pay online.</param>
/// <param name="DocumentUrl">HTTPS link to the invoice document.</param>
public sealed record LetterInvoice(
    string Number,
    DateOnly IssueDate,
    DateOnly DueDate,
    Money OpenAmount,
    Money Paid,
    string? PaymentUrl = null,
    string? DocumentUrl = null,
    BankTransfer? Bank = null,
    string? OrderReference = null
)
{
    /// <summary>Calendar days since the due date; negative before it.</summary>
    public int DaysOverdue(DateOnly today) => today.DayNumber - DueDate.DayNumber;
}

/// <param name="On">Date in the customer's time zone.</param>
/// <param name="Channel">email, sms or escalation.</param>
/// <param name="What">Subject of the email or text of the SMS.</param>
public sealed record LetterHistory(DateOnly On, string Channel, string What);

/// <summary>A rendered email.</summary>
public sealed record EmailText(string Subject, string Html, string Plain);

/// <summary>A rendered SMS.</summary>
/// <param name="Segments">
/// Number of billed segments (GSM 03.38: 160 characters for a single one, else 153 each; UCS-2: 70, else 67 each).
/// </param>
/// <param name="IsGsm7">False when at least one character requires UCS-2 for the whole text.</param>
internal sealed record SmsText(string Body, int Segments, bool IsGsm7);
