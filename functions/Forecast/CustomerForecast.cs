using Dunning.Receivables;

namespace Dunning.Forecast;

/// <summary>The messages that a customer will get within a span, and what that is for each open invoice.</summary>
/// <param name="Messages">In the order in which they are sent; those to account managers among them.</param>
/// <param name="Invoices">The invoices that are open now.</param>
public sealed record CustomerForecast(
    CustomerId Customer,
    IReadOnlyList<ForecastMessage> Messages,
    IReadOnlyList<InvoiceForecast> Invoices
);

/// <summary>The next message about an open invoice, or why there is none: one of the two is set.</summary>
public sealed record InvoiceForecast(InvoiceId Invoice, NextMessage? Next, NoMessage? WhyNone);

/// <summary>
/// The next message to the customer about an invoice; statements of account and what goes to account managers do not
/// count.
/// </summary>
/// <param name="On">The date in the customer's zone.</param>
/// <param name="Step">Null when the invoice is only named along.</param>
public sealed record NextMessage(DateTimeOffset At, DateOnly On, StepId? Step, Channel Channel, NoticeTone Tone);
