using Dunning.Receivables;

namespace Dunning.Invoices;

/// <summary>One event in the response of <c>GET /api/invoices/{id}</c>.</summary>
internal sealed record EventView(DateTimeOffset At, EventKind Kind, string What)
{
    public EventReason? Reason { get; init; }

    /// <summary>Why nothing was sent.</summary>
    public DunningBlock? Block { get; init; }
    public StepId? Step { get; init; }
    public NoticeId? Notice { get; init; }
    public IReadOnlyList<Channel>? Channels { get; init; }
    public MessageEvidence? Message { get; init; }
    public string? Provider { get; init; }

    /// <summary>The provider's id of the payment, refund or chargeback.</summary>
    public string? PaymentId { get; init; }
    public string? Amount { get; init; }
    public string? Owed { get; init; }

    /// <summary>The net amount and the tax of the amount per rate.</summary>
    public IReadOnlyList<TaxView>? Taxes { get; init; }
    public DateOnly? Date { get; init; }

    /// <summary>What a person did or put off.</summary>
    public FollowUpKind? FollowUp { get; init; }

    /// <summary>What a person changed of the customer.</summary>
    public IReadOnlyList<CustomerField>? Fields { get; init; }

    /// <summary>The number of the part of a plan.</summary>
    public int? Part { get; init; }

    /// <summary>The number of the other document.</summary>
    public string? Document { get; init; }
    public string? By { get; init; }
    public string? Text { get; init; }

    /// <summary>What became of each charge of the step.</summary>
    public IReadOnlyList<EventChargeView>? Charges { get; init; }

    public static EventView Create(InvoiceEvent invoiceEvent) =>
        new(invoiceEvent.At, invoiceEvent.Kind, invoiceEvent.What)
        {
            Reason = invoiceEvent.Reason,
            Block = invoiceEvent.Block,
            Step = invoiceEvent.Step,
            Notice = invoiceEvent.Notice,
            Channels = invoiceEvent.Channels,
            Message = invoiceEvent.Message,
            Provider = invoiceEvent.Provider,
            PaymentId = invoiceEvent.Entry?.ObjectId,
            Amount = invoiceEvent.Amount?.ToDecimalString(),
            Owed = invoiceEvent.Owed?.ToDecimalString(),
            Taxes = invoiceEvent.Taxes is { Count: > 0 } taxes ? [.. taxes.Select(TaxView.Create)] : null,
            Date = invoiceEvent.Date,
            FollowUp = invoiceEvent.FollowUp,
            Fields = invoiceEvent.Fields,
            Part = invoiceEvent.Part,
            Document = invoiceEvent.Document,
            By = invoiceEvent.By,
            Text = invoiceEvent.Text,
            Charges = invoiceEvent.Charges is { Count: > 0 } charges
                ? [.. charges.Select(EventChargeView.Create)]
                : null,
        };
}

/// <param name="WhyNot">Null when it was charged.</param>
/// <param name="EarliestOn">Where the time is the reason: the first day on which it may be charged.</param>
internal sealed record EventChargeView(ChargeKind Kind, string? Amount, NotChargedReason? WhyNot, DateOnly? EarliestOn)
{
    public static EventChargeView Create(ChargeOutcome charge) =>
        new(charge.Kind, charge.Amount?.ToDecimalString(), charge.WhyNot, charge.EarliestOn);
}

internal sealed record TaxView(decimal Rate, string Net, string Tax)
{
    public static TaxView Create(TaxShare share) =>
        new(share.Rate, share.Net.ToDecimalString(), share.Tax.ToDecimalString());
}
