using Dunning.Configuration;
using Dunning.Http;
using Dunning.Notices.Sms;
using Dunning.Policies;
using Dunning.Receivables;

namespace Dunning.Reports;

/// <summary>The figures of one customer. Pure.</summary>
internal static class CustomerReport
{
    /// <param name="events">Of each invoice.</param>
    public static Report Create(
        DunningContext context,
        ReportRequest request,
        AccountHistory history,
        IReadOnlyDictionary<InvoiceId, IReadOnlyList<InvoiceEvent>> events,
        SmsOptions sms
    )
    {
        var sent = (
            from invoice in history.Invoices
            from one in events[invoice.Id]
            where one is { Kind: EventKind.Sent, Notice: not null, Tone: not null }
            select new SentLine(invoice, one, DayOf(context, one.At))
        ).ToList();
        var inSpan = sent.Where(line => IsIn(request, line.On)).ToList();
        return new Report(
            request.From,
            request.Until,
            Customers: 1,
            [
                .. history
                    .Invoices.GroupBy(invoice => invoice.Document.AmountDue.Currency, StringComparer.Ordinal)
                    .Select(same => CurrencyOf(context, request, same.Key, [.. same], events)),
            ],
            [
                .. inSpan
                    .Where(line => line.Event.Tone!.Value.IsReminder())
                    .GroupBy(line => (line.Event.Step?.Value, line.Event.Tone!.Value))
                    .Select(step => StepOf(step.Key.Item1, step.Key.Item2, step)),
            ],
            [
                .. inSpan
                    .DistinctBy(line => line.Event.Notice)
                    .GroupBy(line => line.Event.Channels is [var channel, ..] ? channel : Channel.Email)
                    .Select(channel =>
                        ChannelOf(channel.Key, [.. channel.Select(line => line.Event)], context.Customer, sms)
                    ),
            ],
            PaidOf(context, request, history.Invoices, sent),
            PromiseCounts.Of(history.Invoices) is var promises
                ? new PromiseReport(promises.Kept, promises.Broken, promises.Pending)
                : new PromiseReport(0, 0, 0)
        );
    }

    private sealed record SentLine(Invoice Invoice, InvoiceEvent Event, DateOnly On);

    private static DateOnly DayOf(DunningContext context, DateTimeOffset at) => context.Rules.CreditorToday(at);

    private static bool IsIn(ReportRequest request, DateOnly day) => day >= request.From && day <= request.Until;

    private static CurrencyReport CurrencyOf(
        DunningContext context,
        ReportRequest request,
        string currency,
        IReadOnlyList<Invoice> invoices,
        IReadOnlyDictionary<InvoiceId, IReadOnlyList<InvoiceEvent>> events
    )
    {
        var zero = Money.Zero(currency);
        var open = invoices.Where(invoice => invoice is { Closed: null, MovedFrom: null }).ToList();
        var ageing = Ageing.Create(
            open.Where(invoice => invoice.OpenAmount.IsPositive)
                .Select(invoice => (context.Today.DayNumber - invoice.AgreedDueDate.DayNumber, invoice.OpenAmount)),
            invoices
                .Where(invoice => invoice.IsSale && invoice.Document.Kind is not InvoiceKind.CreditNote)
                .Select(invoice => -Money.Min(invoice.OpenAmount, zero))
                .Aggregate(zero, (sum, amount) => sum + amount)
        );
        var charged = invoices
            .SelectMany(invoice => events[invoice.Id])
            .Where(one => IsIn(request, DayOf(context, one.At)))
            .ToList();
        return new CurrencyReport(
            currency,
            MoneyView.Of(ageing.NotDue),
            MoneyView.Of(ageing.Days1To30),
            MoneyView.Of(ageing.Days31To60),
            MoneyView.Of(ageing.Days61To90),
            MoneyView.Of(ageing.Over90),
            MoneyView.Of(ageing.UnusedCredit),
            MonthOfSales.Of(invoices.Where(invoice => invoice.IsSale), request.Until),
            Sum(
                charged
                    .Where(one => one.Kind is EventKind.Charged)
                    .SelectMany(one => one.Charges ?? [])
                    .Where(outcome => outcome.WhyNot is null)
                    .Select(outcome => outcome.Amount)
            ),
            Sum(charged.Where(one => one.Kind is EventKind.ChargeWaived).Select(one => one.Amount))
        );

        MoneyView Sum(IEnumerable<Money?> amounts) =>
            MoneyView.Of(
                amounts
                    .OfType<Money>()
                    .Where(amount => amount.Currency == currency)
                    .Aggregate(zero, (sum, amount) => sum + amount)
            );
    }

    private static StepReport StepOf(string? step, NoticeTone tone, IEnumerable<SentLine> lines)
    {
        // Several channels of a step are one reminder; the first of them counts.
        var first = lines.GroupBy(line => line.Invoice.Id).Select(same => same.MinBy(line => line.Event.At)!).ToList();
        return new StepReport(step, tone, first.Count, PaidWithin(7), PaidWithin(14), PaidWithin(30));

        int PaidWithin(int days) =>
            first.Count(line =>
                line.Invoice.Closed is { As: ClosedAs.Settled } closed
                && closed.On >= line.Event.At
                && closed.On - line.Event.At <= TimeSpan.FromDays(days)
            );
    }

    private static ChannelReport ChannelOf(
        Channel channel,
        IReadOnlyList<InvoiceEvent> messages,
        Customer customer,
        SmsOptions sms
    )
    {
        if (channel is not Channel.Sms)
            return new ChannelReport(channel, messages.Count, 0, 0, 0, null);
        // The text of an erased message is gone: it counts as one part.
        var segments = messages.Sum(one => one.Message?.Body is { } body ? Gsm7.Measure(body).Segments : 1);
        var price = sms.PriceIn(customer.Country);
        return new ChannelReport(
            channel,
            messages.Count,
            segments,
            price is null ? messages.Count : 0,
            segments * (price?.PerSegment ?? 0),
            price?.Currency
        );
    }

    private static PaidReport PaidOf(
        DunningContext context,
        ReportRequest request,
        IReadOnlyList<Invoice> invoices,
        IReadOnlyList<SentLine> sent
    )
    {
        var paid = invoices
            .Where(invoice =>
                invoice.Closed is { As: ClosedAs.Settled } closed && IsIn(request, DayOf(context, closed.On))
            )
            .Where(invoice => invoice.Document.Kind is InvoiceKind.Invoice)
            .ToList();
        return new PaidReport(
            paid.Count,
            sent.Where(line => line.Event.Tone!.Value.IsReminder() && paid.Contains(line.Invoice))
                .DistinctBy(line => (line.Invoice.Id, line.Event.Notice))
                .Count(),
            paid.Sum(invoice =>
                Math.Max(0, DayOf(context, invoice.Closed!.On).DayNumber - invoice.AgreedDueDate.DayNumber)
            )
        );
    }
}
