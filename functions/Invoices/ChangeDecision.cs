using Dunning.Http;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Invoices;

/// <summary>What a person's change does to one invoice or several ones of a customer.</summary>
internal sealed record ChangeDecision : IDecision
{
    public ApiResult? Error { get; private init; }

    /// <summary>The invoices after the change, or as they are when it was made before.</summary>
    public IReadOnlyList<Invoice> Invoices { get; init; } = [];

    /// <summary>Null when nothing changes.</summary>
    public CustomerTransaction? Transaction { get; init; }

    /// <summary>What the transaction adds to the history of one invoice; null when nothing changes.</summary>
    public InvoiceEvent? Event { get; private init; }

    /// <summary>The answer waits for reminders that are being sent and that the change no longer allows.</summary>
    public bool StopsReminders { get; init; } = true;

    /// <summary>Sentences for the person who asked for the change.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The customer of the invoices.</summary>
    public Customer? Customer { get; init; }

    /// <summary>What the customer may have asked for, and has now; null for any other kind of change.</summary>
    public GrantedRequest? Granted { get; init; }

    public static ChangeDecision Unchanged(params IEnumerable<Invoice> invoices) => new() { Invoices = [.. invoices] };

    /// <summary>One invoice changes, and its history says so.</summary>
    public static ChangeDecision Changed(Versioned<Invoice> before, Invoice after, InvoiceEvent invoiceEvent) =>
        Unchanged(after) with
        {
            Event = invoiceEvent,
            Transaction = new CustomerTransaction(after.Id.Customer)
                .Save(before, after)
                .AddEvent(after.Id, invoiceEvent),
        };

    public static ChangeDecision Refused(ApiResult error) => new() { Error = error };

    /// <param name="detail">What stands in the way, and what to do.</param>
    public static ChangeDecision NotPossible(string detail) =>
        Refused(ApiResult.NotPossibleNow("The change is not possible in the invoice's current state", detail));
}

/// <param name="Asked">The meaning of the replies in which the customer asks for it.</param>
/// <param name="By">Who granted it; null when a program did.</param>
internal sealed record GrantedRequest(ReplyMeaning Asked, string? By)
{
    /// <summary>Keeps the transaction within <see cref="CustomerTransaction.MaxRows"/>.</summary>
    public const int MaxReplies = 5;
}
