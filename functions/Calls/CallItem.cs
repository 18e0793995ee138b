using Dunning.Receivables;

namespace Dunning.Calls;

/// <summary>One call that is due.</summary>
/// <param name="Number">E.164; null when the customer has no number any more.</param>
/// <param name="TimeZone">IANA zone of the customer.</param>
/// <param name="Since">When it was planned, UTC.</param>
public sealed record CallItem(
    CustomerNoticeId Id,
    CustomerId CustomerId,
    string Customer,
    string Contact,
    string? Number,
    string TimeZone,
    DateTimeOffset Since
)
{
    /// <summary>BCP 47; the language in which the customer gets messages.</summary>
    public required string Language { get; init; }

    /// <summary>From when it may be made: now, or the next opening of the customer's hours; UTC.</summary>
    public required DateTimeOffset BestFrom { get; init; }

    /// <summary>The end of those hours, UTC.</summary>
    public required DateTimeOffset BestUntil { get; init; }

    /// <summary>What the policy says about the step; null where it says nothing.</summary>
    public string? Script { get; init; }
    public required IReadOnlyList<CalledInvoice> Invoices { get; init; }
    public required IReadOnlyList<TalkingPoint> TalkingPoints { get; init; }

    /// <summary>What was sent, said and agreed before, newest first.</summary>
    public required IReadOnlyList<InvoiceEvent> Before { get; init; }

    /// <summary>What people noted about the customer, newest first.</summary>
    public IReadOnlyList<CustomerNote> Notes { get; init; } = [];
}

/// <param name="DaysLate">Zero before the due date.</param>
public sealed record CalledInvoice(InvoiceId Id, string Number, DateOnly DueDate, int DaysLate, Money Owed);
