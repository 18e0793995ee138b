using Dunning.Receivables;

namespace Dunning.Policies.Interest;

/// <summary>
/// When a creditor may report an unpaid claim to a credit agency. Where a country's file has no rule, it is not known
/// to be lawful, and no report is announced.
/// </summary>
internal sealed record CreditReportRule : ICountryRule
{
    public CustomerKind? Kind { get; init; }

    /// <summary>How many reminders must have been sent before the letter that announces the report.</summary>
    public int MinReminders { get; init; }

    /// <summary>How many days ago the first of them must have been sent.</summary>
    public int MinDaysAfterFirstReminder { get; init; }

    /// <summary>How many days the claim must be overdue.</summary>
    public int MinDaysAfterDue { get; init; }

    /// <summary>The smallest claim, in whole units of <see cref="Currency"/>; null for none.</summary>
    public decimal? MinAmount { get; init; }

    /// <summary>ISO 4217. Set with <see cref="MinAmount"/>.</summary>
    public string? Currency { get; init; }

    /// <summary>How many days must lie between the letter and the report; 0 where no law says it.</summary>
    public int NoticeDays { get; init; }
    public DateOnly? From { get; init; }
    public DateOnly? Until { get; init; }
    public required string LegalBasis { get; init; }
    public required string Source { get; init; }

    /// <summary>Why the letter may not be sent on a day; null when it may.</summary>
    public LetterRefusal? WhyNot(Invoice invoice, DateOnly today)
    {
        if (invoice.Dunning.Dispute is not null)
            return LetterRefusal.Disputed;
        var reminders = invoice.Dunning.RemindedOn;
        if (
            today < invoice.DueDate.AddDays(MinDaysAfterDue)
            || reminders.Count < MinReminders
            || MinReminders > 0 && today < reminders[0].AddDays(MinDaysAfterFirstReminder)
        )
            return LetterRefusal.TooEarly;
        // Amounts are never converted: in another currency it is not known whether the claim is large enough.
        return
            MinAmount is { } least
            && (invoice.OpenAmount.Currency != Currency || invoice.OpenAmount.ToDecimal() < least)
            ? LetterRefusal.AmountTooLow
            : null;
    }
}
