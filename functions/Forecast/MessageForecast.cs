using Dunning.Policies;
using Dunning.Receivables;

namespace Dunning.Forecast;

/// <summary>
/// The messages that a customer will get, from the same decisions that plan and send them, applied in memory. Pure.
/// </summary>
/// <remarks>
/// It assumes that no payment but those of <see cref="ForecastFacts.PaidOn"/>, no answer and no document comes in, that
/// nobody changes anything, that each timer runs on time, that every message is sent at once and accepted, that a
/// person posts each letter and makes each call on the day on which it is due, that the monthly statements are planned
/// by the first run of their month, and that a feed of payments that is silent stays so, and no other one falls silent.
/// What a provider's rate limit, an outage or a bounce delays or replaces is not in it. A message that is being sent or
/// in doubt at the start is not repeated.
/// </remarks>
internal static class MessageForecast
{
    public static CustomerForecast Create(
        DunningRules rules,
        ForecastSchedule schedule,
        ForecastFacts facts,
        ForecastSpan span
    )
    {
        rules = rules with { Feeds = rules.Feeds.FrozenAt(span.From) };
        var run = new ForecastRun(rules, schedule, facts);
        // The rows of a customer that is being merged move first.
        if (facts.Account.Customer.Value.Merge is null)
            run.RunUntil(span);
        var end = new DunningContext(run.Account.Customer.Value, rules, span.Until);
        return new CustomerForecast(
            facts.Account.Id,
            span.IsSendingStopped ? [] : run.Messages,
            [
                .. facts.Account.Invoices.Select(invoice =>
                    Of(invoice.Value.Id, NextOf(run.Messages, invoice.Value.Id), run.Account, end, span)
                ),
            ]
        );
    }

    private static InvoiceForecast Of(
        InvoiceId id,
        NextMessage? next,
        CustomerAccount account,
        DunningContext end,
        ForecastSpan span
    ) =>
        next is not null
            ? span.IsSendingStopped
                ? new(id, null, new(NoMessageReason.SendingStopped) { On = next.On, Step = next.Step })
                : new(id, next, null)
            : new(id, null, NoMessage.Of(end, account, account.Invoice(id.Invoice)!.Value));

    private static NextMessage? NextOf(IReadOnlyList<ForecastMessage> messages, InvoiceId id) =>
        (
            from message in messages
            where message is { Channel: not Channel.Escalation, Tone: not NoticeTone.Statement }
            from item in message.Items
            where item.Invoice == id
            select new NextMessage(message.At, message.On, item.Step, message.Channel, message.Tone)
        ).FirstOrDefault();
}
