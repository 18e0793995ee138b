using Dunning.Configuration;
using Dunning.FollowUps;
using Dunning.Notices.Delivery;
using Dunning.Receivables;

namespace Dunning.PostalLetters;

/// <summary>The letters that wait to be printed or posted, for the API and for a page.</summary>
public sealed class LetterList(FollowUpList followUps, LetterPrinting printing, CreditorOptions creditor)
{
    /// <summary>As many letters as one request prints.</summary>
    public const int MaxLetters = 100;

    /// <returns>The letters of one page, and where the next one begins.</returns>
    internal async Task<(IReadOnlyList<LetterItem> Letters, string? Continuation)> ReadAsync(
        string? continuation,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var page = await followUps.ReadAsync(
            new FollowUpQuery(continuation, limit) { Kind = FollowUpKind.Letter },
            cancellationToken
        );
        return (
            [
                .. page
                    .Items.Select(item => item.Waiting)
                    .OfType<WaitingNotice>()
                    .Select(letter => Describe(letter.Account, letter.Notice)),
            ],
            page.Continuation
        );
    }

    private LetterItem Describe(CustomerAccount account, Notice notice)
    {
        var customer = account.Customer.Value;
        var context = printing.ContextOn(customer, printing.Today);
        var check = PreSendCheck.DecideByPerson(context, notice, account, closed: []);
        var owed = LetterPrinting.OwedOn(check);
        return new LetterItem(CustomerNoticeId.Of(notice), customer.Name, notice.Tone, notice.PlannedAt)
        {
            Address = customer.LetterAddress is null
                ? []
                : EnvelopeWindow.AddressOf(customer, creditor.Address?.Country),
            Numbers =
            [
                .. (notice.Printed is null ? check.NamedIn(notice).Select(i => i.Value.Id.Invoice) : notice.InvoiceIds)
                    .Select(invoice => account.Invoice(invoice)?.Value.Document.Number)
                    .OfType<string>(),
            ],
            Owed = owed,
            Printed = notice.Printed,
            State =
                notice.Printed is not { } printed ? LetterState.ToPrint
                : check.IsDropped ? LetterState.NotNeeded
                : !printed.Owed.SequenceEqual(owed) ? LetterState.OutOfDate
                : LetterState.ToPost,
            WhyNot = check.IsDropped ? check.Excluded.Select(e => (DunningBlock?)e.Reason).FirstOrDefault() : null,
        };
    }
}

public enum LetterState
{
    ToPrint,
    ToPost,

    /// <summary>Since it was printed, what is owed has changed: print it again.</summary>
    OutOfDate,

    /// <summary>
    /// Since it was printed, the reason for it is gone: a payment came in, for example. Do not post it.
    /// </summary>
    NotNeeded,
}

/// <param name="Since">When it was planned, UTC.</param>
public sealed record LetterItem(CustomerNoticeId Id, string Customer, NoticeTone Tone, DateTimeOffset Since)
{
    public required LetterState State { get; init; }

    /// <summary>The lines on the envelope.</summary>
    public required IReadOnlyList<string> Address { get; init; }

    /// <summary>Of the invoices that it names.</summary>
    public required IReadOnlyList<string> Numbers { get; init; }

    /// <summary>What is owed now, a sum per currency.</summary>
    public required IReadOnlyList<Money> Owed { get; init; }
    public PrintedLetter? Printed { get; init; }

    /// <summary>Only with <see cref="LetterState.NotNeeded"/>.</summary>
    public DunningBlock? WhyNot { get; init; }
}
