using Dunning.Configuration;
using Dunning.Forecast;
using Dunning.Http;
using Dunning.Notices.Delivery;
using Dunning.Policies;
using Dunning.Receivables;

namespace Dunning.Simulation;

/// <summary>Simulates one customer: the forecast of each scenario, with the texts. Nothing is written.</summary>
public sealed class Simulator(
    ForecastReader reader,
    ForecastSchedule schedule,
    ForecastTexts texts,
    StatementOptions statements,
    DunningRules rules
)
{
    /// <param name="now">When the simulation was asked for: all customers start from the same instant.</param>
    internal async Task<SimulatedCustomer> RunAsync(
        CustomerAccount account,
        SimulationRequest request,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var facts = await ReadAsync(account, request.Payments, now, cancellationToken);
        var range = SimulatedRange.Of(request, rules);
        var current = Create(rules, facts, now, range);
        List<SimulatedScenario> scenarios = [await ScenarioAsync(null, current, range, cancellationToken)];
        foreach (var (policy, name) in request.Policies.Zip(SimulatedScenario.NamesOf(request.Policies)))
        {
            var asIfSaved = rules with { Policies = rules.Policies.With(policy) };
            var forecast = Create(asIfSaved, facts.MovedTo(asIfSaved, policy, now), now, range);
            scenarios.Add(
                await ScenarioAsync(name, forecast, range, cancellationToken) with
                {
                    Changes = range.Of(ForecastChange.Compare(current, forecast)),
                }
            );
        }
        return new SimulatedCustomer(account.Customer.Value, scenarios);
    }

    private async Task<ForecastFacts> ReadAsync(
        CustomerAccount account,
        AssumedPayments payments,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var facts = await reader.ReadAsync(
            account,
            withStatements: statements.Monthly || payments is not AssumedPayments.None,
            cancellationToken
        );
        if (facts.History is not { } history)
            return facts;
        var context = new DunningContext(account.Customer.Value, rules, now);
        return facts with
        {
            PaidOn = PaymentAssumption.PaidOn(context, account, history, payments),
            Ledger = history.Entries,
            History = statements.Monthly ? history : null,
        };
    }

    private CustomerForecast Create(DunningRules used, ForecastFacts facts, DateTimeOffset now, SimulatedRange range) =>
        MessageForecast.Create(used, schedule, facts, new ForecastSpan(now, range.End));

    private async Task<SimulatedScenario> ScenarioAsync(
        string? name,
        CustomerForecast forecast,
        SimulatedRange range,
        CancellationToken cancellationToken
    )
    {
        List<SimulatedMessage> messages = [];
        List<(ForecastMessage Message, InvoiceEvent Event)> sent = [];
        foreach (var message in forecast.Messages)
        {
            // A copy quotes what was sent before it.
            var request = message.Request with
            {
                SentBefore = [.. sent.Where(one => IsAbout(one.Message, message)).Select(one => one.Event)],
            };
            var prepared = await texts.CreateAsync(message with { Request = request }, cancellationToken);
            sent.Add((message, EventOf(message, prepared)));
            if (range.Contains(message))
                messages.Add(MessageOf(message, prepared));
        }
        var shown = forecast with { Messages = [.. forecast.Messages.Where(range.Contains)] };
        return new SimulatedScenario(name ?? SimulationRequest.Current, shown, messages);
    }

    /// <summary>Whether one message names an invoice of the other.</summary>
    private static bool IsAbout(ForecastMessage one, ForecastMessage other) =>
        one.Items.Any(item => other.Items.Any(also => also.Invoice == item.Invoice));

    /// <summary>What will be stored when the message is sent, as far as a later message quotes it.</summary>
    private static InvoiceEvent EventOf(ForecastMessage message, PreparedMessage? prepared) =>
        new(message.At, EventKind.Sent)
        {
            Notice = message.Request.Notice.Id,
            Channels = [message.Channel],
            Tone = message.Tone,
            Message = prepared?.Evidence,
        };

    private SimulatedMessage MessageOf(ForecastMessage message, PreparedMessage? prepared)
    {
        var (customer, content) = (message.Request.Customer, prepared?.Content);
        var numbers = message.Request.Check.Invoices.ToDictionary(i => i.Value.Id, i => i.Value.Document.Number);
        return new SimulatedMessage(
            message.At,
            message.On,
            message.Channel,
            message.Tone,
            message.Step,
            customer.Id.Value,
            customer.Name,
            [
                .. message.Items.Select(item => new SimulatedItem(
                    item.Invoice.ToString(),
                    numbers[item.Invoice],
                    item.Step,
                    MoneyView.Of(item.Demanded)
                )),
            ],
            content?.To ?? [],
            content?.Cc ?? [],
            content?.Subject,
            content?.Text,
            texts.CostOf(message, prepared)
        );
    }
}
