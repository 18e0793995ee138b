using Dunning.Forecast;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Invoices.Files;

/// <summary>The messages of the next days that an import would cause, customer by customer.</summary>
public sealed class CausedMessages(
    ReceivablesTable receivables,
    ForecastReader reader,
    ForecastSchedule schedule,
    DunningRules rules
)
{
    private const int Days = 7;

    /// <param name="accounts">As the import would leave them.</param>
    /// <returns>Those that would not go out without it, or not in the same words, in their order.</returns>
    internal async Task<IReadOnlyList<CausedMessage>> OfAsync(
        IEnumerable<CustomerAccount> accounts,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        List<CausedMessage> caused = [];
        foreach (var account in accounts)
        {
            var after = await ForecastAsync(account, now, cancellationToken);
            var added = await receivables.ReadAsync(account.Id, cancellationToken) is not { } stored
                ? after.Messages
                : MessagesOf(ForecastChange.Compare(await ForecastAsync(stored, now, cancellationToken), after));
            caused.AddRange(added.Select(message => CausedMessage.Of(account.Customer.Value, message)));
        }
        return [.. caused.OrderBy(message => message.At)];
    }

    internal static IReadOnlyList<MessageCount> CountsOf(IReadOnlyList<CausedMessage> messages) =>
        [
            .. messages
                .CountBy(message => new MessageCount(message.On, message.Tone, message.Step, message.Channel, 0))
                .Select(count => count.Key with { Count = count.Value })
                .OrderBy(count => count.On),
        ];

    private static IReadOnlyList<ForecastMessage> MessagesOf(ForecastChange change) =>
        [
            .. change
                .Added.Concat(change.Moved.Concat(change.Changed).Select(move => move.After))
                .Select(line => line.Message)
                .Distinct(),
        ];

    private async Task<CustomerForecast> ForecastAsync(
        CustomerAccount account,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        MessageForecast.Create(
            rules,
            schedule,
            await reader.ReadAsync(account, withStatements: false, cancellationToken),
            ForecastSpan.OfDays(now, Days)
        );
}
