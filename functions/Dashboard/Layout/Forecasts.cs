using Dunning.Forecast;
using Dunning.Html;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Dashboard.Layout;

/// <summary>The forward look as the pages show it: from now on, with the timers of the settings.</summary>
public sealed class Forecasts(
    DunningRules rules,
    ForecastSchedule schedule,
    ForecastReader reader,
    ForecastTexts texts,
    TimeProvider clock
)
{
    /// <summary>How far the lists and the overview look: what falls due later is named with its step and day.</summary>
    internal const int DaysOfLists = 7;

    /// <summary>How far the pages of one invoice, one customer and one change look.</summary>
    private const int DaysOfPages = 60;

    /// <summary>Why no message goes out, as a code; null when one does, or nothing is known.</summary>
    internal static string? SilenceOf(InvoiceForecast? forecast) =>
        forecast?.WhyNone is { } none ? PageWords.CodeOf(none.Reason) : null;

    /// <param name="isStopped">All sending is stopped.</param>
    internal CustomerForecast Create(CustomerAccount account, bool isStopped) =>
        Create(new ForecastFacts(account), isStopped, DaysOfLists);

    /// <summary>With the cost of each text message.</summary>
    internal async Task<CustomerForecast> ReadAsync(
        CustomerAccount account,
        bool isStopped,
        CancellationToken cancellationToken
    )
    {
        var facts = await reader.ReadAsync(account, withStatements: false, cancellationToken);
        var forecast = Create(facts, isStopped, DaysOfPages);
        return forecast with
        {
            Messages = await Task.WhenAll(forecast.Messages.Select(message => PricedAsync(message, cancellationToken))),
        };
    }

    private async Task<ForecastMessage> PricedAsync(ForecastMessage message, CancellationToken cancellationToken) =>
        message.Channel is Channel.Sms
            ? message with
            {
                SmsCost = texts.CostOf(message, await texts.CreateAsync(message, cancellationToken)),
            }
            : message;

    /// <summary>What changes do to the messages of the customer.</summary>
    /// <param name="account">As it is stored.</param>
    /// <param name="changes">
    /// Each decides about the rows as the ones before it leave them; null where nothing changes.
    /// </param>
    /// <returns>Null when the rows have changed since a change was decided.</returns>
    internal async Task<ForecastChange?> PreviewAsync(
        CustomerAccount account,
        IEnumerable<Func<CustomerAccount, CustomerTransaction?>> changes,
        CancellationToken cancellationToken
    )
    {
        var before = await reader.ReadAsync(account, withStatements: false, cancellationToken);
        var after = before;
        foreach (var change in changes)
        {
            if (change(after.Account) is not { } transaction)
                continue;
            if (after.After(transaction) is not { } changed)
                return null;
            after = changed;
        }
        return ForecastChange.Compare(
            Create(before, isStopped: false, DaysOfPages),
            Create(after, isStopped: false, DaysOfPages)
        );
    }

    /// <returns>The very text of a message that will be sent; null for what a person makes.</returns>
    internal async Task<string?> RenderAsync(ForecastMessage message, CancellationToken cancellationToken) =>
        (await texts.CreateAsync(message, cancellationToken))?.Content.Text;

    private CustomerForecast Create(ForecastFacts facts, bool isStopped, int days) =>
        MessageForecast.Create(
            rules,
            schedule,
            facts,
            ForecastSpan.OfDays(clock.GetUtcNow(), days) with
            {
                IsSendingStopped = isStopped,
            }
        );
}
