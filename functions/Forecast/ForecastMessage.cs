using Dunning.Notices.Delivery;
using Dunning.Policies;
using Dunning.Receivables;

namespace Dunning.Forecast;

/// <summary>A message that will be sent.</summary>
/// <param name="At">UTC.</param>
/// <param name="On">The date in the customer's zone.</param>
/// <param name="Request">
/// What <see cref="INoticeChannel.PrepareAsync"/> makes the very message from, as it will read on that day.
/// </param>
public sealed record ForecastMessage(DateTimeOffset At, DateOnly On, SendRequest Request)
{
    public Channel Channel => Request.Notice.Channel;

    public NoticeTone Tone => Request.Check.Tone;

    /// <summary>The invoices that it demands, lists or thanks for, oldest first.</summary>
    public required IReadOnlyList<ForecastItem> Items { get; init; }

    /// <summary>The firmest step that is taken with it; null when it belongs to no step.</summary>
    public required StepId? Step { get; init; }

    /// <summary>Of a text message; null where it was not asked for.</summary>
    public SmsCost? SmsCost { get; init; }

    /// <summary>The numbers of these invoices.</summary>
    public string Numbers => string.Join(", ", Request.Check.Invoices.Select(invoice => invoice.Value.Document.Number));

    /// <summary>What it asks for, one sum per currency; none when it asks for no money.</summary>
    public IReadOnlyList<Money> Demanded => [.. Money.SumsOf(Items.Select(item => item.Demanded).OfType<Money>())];

    internal static ForecastMessage Create(DunningContext context, SendRequest request)
    {
        var (notice, _, check) = request;
        var steps = notice.Lines.ToLookup(line => line.InvoiceId, line => line.Step, StringComparer.Ordinal);
        var invoices = check.Invoices.Select(invoice => invoice.Value).ToList();
        var items = invoices.ConvertAll(invoice => new ForecastItem(
            invoice.Id,
            steps[invoice.Id.Invoice].FirstOrDefault(),
            notice.IsReminder ? Demand.Of(invoice, context.Today)?.Amount : null
        ));
        return new ForecastMessage(context.Now, context.Today, request)
        {
            Items = items,
            Step = items
                .Zip(invoices, (item, invoice) => context.PolicyOf(invoice).Find(item.Step))
                .OfType<Step>()
                .MaxBy(step => step.Tone)
                ?.Id,
        };
    }
}

/// <param name="Step">The step that is taken with the message; null when the invoice is only named along.</param>
/// <param name="Demanded">What the message asks for; null when it asks for no money.</param>
public sealed record ForecastItem(InvoiceId Invoice, StepId? Step, Money? Demanded);
