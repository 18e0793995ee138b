using Dunning.Receivables;

namespace Dunning.Invoices;

/// <summary>
/// The response of <c>GET /api/invoices/{id}</c>: the invoice's state, its next step and all its events.
/// </summary>
internal sealed record InvoiceView
{
    public required string Id { get; init; }
    public required string ExternalId { get; init; }
    public required string Source { get; init; }
    public required string Number { get; init; }
    public required string State { get; init; }
    public required string Currency { get; init; }
    public required string AmountDue { get; init; }
    public required string Paid { get; init; }
    public required string WrittenOff { get; init; }

    /// <summary>The amount owed now.</summary>
    public required string Balance { get; init; }
    public required DateOnly IssueDate { get; init; }
    public required DateOnly DueDate { get; init; }
    public required string DueDateSource { get; init; }
    public required int DaysOverdue { get; init; }
    public required string Policy { get; init; }
    public StepId? Step { get; init; }
    public NextStep? NextStep { get; init; }
    public string? WhyNotDemanded { get; init; }

    /// <summary>What may be demanded today, where that is not the balance.</summary>
    public string? DueNow { get; init; }

    /// <summary>The due date of the document, where a later one was agreed.</summary>
    public DateOnly? OriginalDueDate { get; init; }
    public string? InDispute { get; init; }
    public string? Discount { get; init; }

    /// <summary>Null for none, and of a closed invoice.</summary>
    public HoldView? Hold { get; init; }

    /// <summary>Null while no letter has announced one.</summary>
    public CreditReportView? CreditReport { get; init; }
    public PlanView? Plan { get; init; }

    /// <summary>The promises to pay, oldest first; null for none.</summary>
    public IReadOnlyList<PromiseView>? Promises { get; init; }

    /// <summary>Null for none.</summary>
    public IReadOnlyList<DocumentView>? Documents { get; init; }
    public required CustomerView Customer { get; init; }
    public required IReadOnlyList<EventView> Events { get; init; }

    public static InvoiceView Create(
        Invoice invoice,
        Customer customer,
        DateOnly today,
        DateTimeOffset now,
        IReadOnlyList<InvoiceEvent> events
    ) =>
        new()
        {
            Id = invoice.Id.ToString(),
            ExternalId = invoice.ExternalId,
            Source = invoice.Source,
            Number = invoice.Document.Number,
            State = invoice.StateFor(customer),
            Currency = invoice.Document.AmountDue.Currency,
            Documents = DocumentView.Create(invoice),
            AmountDue = invoice.Document.AmountDue.ToDecimalString(),
            Paid = invoice.Payments.Paid.ToDecimalString(),
            WrittenOff = invoice.WrittenOff.ToDecimalString(),
            Balance = invoice.OpenAmount.ToDecimalString(),
            IssueDate = invoice.Document.IssueDate,
            DueDate = invoice.DueDate,
            OriginalDueDate = invoice.AgreedDueDate == invoice.Document.DueDate ? null : invoice.Document.DueDate,
            DueDateSource = InvoiceAnswer.SourceOfDueDate(invoice),
            DaysOverdue = invoice.Closed is null ? Math.Max(0, today.DayNumber - invoice.DueDate.DayNumber) : 0,
            DueNow = DueNowOf(invoice, today),
            InDispute = invoice is { Closed: null, Dunning.Dispute: not null }
                ? invoice.DisputedAmount.ToDecimalString()
                : null,
            Discount = invoice.Payments.Discount?.ToDecimalString(),
            Hold = invoice is { Closed: null, Dunning.Hold: { } hold } ? HoldView.Create(hold) : null,
            CreditReport = invoice.Dunning.CreditReport is { } report ? CreditReportView.Create(report) : null,
            Plan = PlanView.Create(invoice),
            Promises = PromisesOf(invoice),
            Policy = invoice.Dunning.Policy.ToString(),
            Step = invoice.Dunning.Step,
            NextStep = invoice.Dunning.Next,
            WhyNotDemanded = ReasonText.OfBlock(invoice, now),
            Customer = new CustomerView(
                customer.Id,
                customer.Name,
                customer.EmailAddress,
                customer.PhoneNumber,
                customer.SuggestedEmail
            ),
            Events = [.. events.Select(EventView.Create)],
        };

    private static string? DueNowOf(Invoice invoice, DateOnly today) =>
        invoice.Closed is null && Demand.Of(invoice, today) is { } demand && demand.Amount != invoice.OpenAmount
            ? demand.Amount.ToDecimalString()
            : null;

    private static IReadOnlyList<PromiseView>? PromisesOf(Invoice invoice)
    {
        var promises = invoice.Agreements.PastPromises.ToList();
        if (invoice.Agreements.Promise is { } pending)
            promises.Add(pending);
        return promises.Count == 0 ? null : promises.ConvertAll(PromiseView.Create);
    }
}

internal sealed record CustomerView(CustomerId Id, string Name, string? Email, string? Phone, string? SuggestedEmail);
