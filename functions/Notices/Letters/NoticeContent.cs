using Dunning.Receivables;

namespace Dunning.Notices.Letters;

/// <summary>
/// What one message says, as facts; a language and a channel turn it into words. Pure data: rendering it twice gives
/// the same bytes.
/// </summary>
public sealed record NoticeContent
{
    public required NoticeTone Tone { get; init; }

    /// <summary>BCP 47 tag; rendering falls back to English where no such language is shipped.</summary>
    public required string Language { get; init; }

    /// <summary>Today where the customer is: what "overdue for 3 days" counts from.</summary>
    public required DateOnly Today { get; init; }
    public required Sender From { get; init; }

    /// <summary>Whom to greet; the customer's name when no person is known.</summary>
    public required string Greet { get; init; }
    public required string CustomerName { get; init; }

    /// <summary>What the message asks for (or thanks for), most pressing first.</summary>
    public required IReadOnlyList<LetterInvoice> Invoices { get; init; }

    /// <summary>Invoices shown as in dispute and not demanded.</summary>
    public IReadOnlyList<LetterInvoice> Disputed { get; init; } = [];

    /// <summary>A final notice asks for payment by this date.</summary>
    public DateOnly? PayBy { get; init; }

    /// <summary>What was sent before, oldest first: quoted in an escalation copy.</summary>
    public IReadOnlyList<LetterHistory> History { get; init; } = [];

    /// <summary>What a person is asked to do (a task for the account manager).</summary>
    public string? FollowUp { get; init; }

    /// <summary>Open amounts added up, one sum a currency, in the order of the invoices.</summary>
    public IReadOnlyList<Money> Totals =>
        [
            .. Invoices
                .GroupBy(i => i.OpenAmount.Currency)
                .Select(g => g.Select(i => i.OpenAmount).Aggregate((a, b) => a + b)),
        ];
}

/// <summary>Who writes: the creditor and the person who answers.</summary>
/// <param name="Company">The creditor's name, as the customer knows it.</param>
/// <param name="Person">
/// A named person, if any: reminders that name somebody the reader knows are paid sooner (randomised trial with lenders
/// in the Philippines).
/// </param>
/// <param name="Email">Where replies go.</param>
public sealed record Sender(string Company, string? Person, string Email, string? Phone);

/// <param name="OpenAmount">What is still owed on it.</param>
/// <param name="Paid">What has been paid so far; zero when nothing.</param>
/// <param name="PaymentUrl">Https link to pay online.</param>
/// <param name="DocumentUrl">Https link to the invoice itself.</param>
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

/// <param name="On">Date in the customer's zone.</param>
/// <param name="Channel">email, sms or escalation.</param>
/// <param name="What">Subject or first words of what was sent.</param>
public sealed record LetterHistory(DateOnly On, string Channel, string What);

/// <summary>A rendered mail.</summary>
public sealed record EmailText(string Subject, string Html, string Plain);

/// <summary>A rendered text message.</summary>
/// <param name="Segments">
/// How many messages the carrier bills (GSM 03.38: 160 or 153 characters each; UCS-2: 70 or 67).
/// </param>
/// <param name="IsGsm7">False when one character forced the whole text to UCS-2.</param>
internal sealed record SmsText(string Body, int Segments, bool IsGsm7);
