using Dunning.Receivables;

namespace Dunning.Policies.Interest;

/// <summary>
/// When the principal of an invoice fell due, with what was agreed later. An agreement moves what is not due yet from
/// the day on which it was made: the interest of the days before stays.
/// </summary>
/// <param name="move">A due date on a day that is no business day, to the day on which it counts.</param>
internal sealed class DueDates(Invoice invoice, Func<DateTimeOffset, DateOnly> dateOf, Func<DateOnly, DateOnly> move)
{
    private readonly PaymentPlan? _plan = invoice.Agreements.Plan;

    /// <summary>The days at whose end something falls due, or an agreement changes what is due.</summary>
    public IEnumerable<DateOnly> Days
    {
        get
        {
            yield return move(invoice.Document.DueDate);
            if (invoice.Agreements.Extension is { } extension)
            {
                yield return dateOf(extension.At);
                yield return move(extension.DueDate);
            }
            foreach (var part in _plan?.Parts ?? [])
            {
                if (part.DueDate is { } due)
                    yield return move(due);
            }
            if (_plan?.AgreedAt is { } agreed)
                yield return dateOf(agreed);
            if (_plan?.BrokenAt is { } broken)
                yield return dateOf(broken);
        }
    }

    /// <summary>What of the open principal bears no interest on a day, because it is not overdue.</summary>
    public Money NotDueOn(DateOnly day, Money open)
    {
        if (_plan is { } plan && !(plan.AgreedAt is { } agreed && day <= dateOf(agreed)))
            return plan.BrokenAt is { } broken && day > dateOf(broken)
                ? Money.Zero(open.Currency)
                : Later(plan, day, open);
        var due =
            invoice.Agreements.Extension is { } extension
            && day > dateOf(extension.At)
            && extension.DueDate > invoice.Document.DueDate
                ? extension.DueDate
                : invoice.Document.DueDate;
        return move(due) >= day ? open : Money.Zero(open.Currency);
    }

    private Money Later(PaymentPlan plan, DateOnly day, Money open)
    {
        var later = plan
            .Parts.Where(part => part.DueDate is not { } due || move(due) >= day)
            .Aggregate(Money.Zero(open.Currency), (sum, part) => sum + part.Amount);
        return Money.Min(later, open);
    }
}
