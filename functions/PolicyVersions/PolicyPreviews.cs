using Dunning.Forecast;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.PolicyVersions;

/// <summary>
/// What it does to the messages of the next 30 days when the open invoices move to a version of their policy: the
/// forward look over the book as it is, before and after. Nothing is stored or sent.
/// </summary>
public sealed class PolicyPreviews(
    ReceivablesTable receivables,
    ForecastReader reader,
    ForecastSchedule schedule,
    DunningRules rules,
    TimeProvider clock
)
{
    public const int Days = 30;

    /// <summary>A request ends within minutes; what it did not reach is told.</summary>
    private const int MaxCustomers = 5000;

    /// <param name="policy">The version to which they would move; it need not be saved.</param>
    public async Task<PolicyPreview> CreateAsync(Policy policy, CancellationToken cancellationToken)
    {
        var asIfSaved = rules with { Policies = rules.Policies.With(policy) };
        var span = ForecastSpan.OfDays(clock.GetUtcNow(), Days);
        List<CustomerPolicyChange> changes = [];
        var (customers, invoices) = (0, 0);
        foreach (var shard in receivables.Shards.All)
        {
            await foreach (var account in receivables.ReadAllAsync(shard, cancellationToken))
            {
                var moving = account.Invoices.Count(invoice => PolicyMove.Concerns(invoice.Value, policy));
                if (moving == 0 || account.Customer.Value.Merge is not null)
                    continue;
                (customers, invoices) = (customers + 1, invoices + moving);
                if (customers > MaxCustomers)
                    continue;
                var before = await reader.ReadAsync(account, withStatements: false, cancellationToken);
                changes.Add(
                    new CustomerPolicyChange(
                        account.Customer.Value,
                        ForecastChange.Compare(
                            MessageForecast.Create(rules, schedule, before, span),
                            MessageForecast.Create(
                                asIfSaved,
                                schedule,
                                before.MovedTo(asIfSaved, policy, span.From),
                                span
                            )
                        )
                    )
                );
            }
        }
        return new PolicyPreview(policy, customers, invoices, changes) { IsComplete = customers <= MaxCustomers };
    }
}

/// <param name="Customers">That have invoices which would move.</param>
/// <param name="Invoices">That would move.</param>
public sealed record PolicyPreview(
    Policy Policy,
    int Customers,
    int Invoices,
    IReadOnlyList<CustomerPolicyChange> Changes
)
{
    /// <summary>False when there are so many customers that some were not looked at.</summary>
    public bool IsComplete { get; init; } = true;

    public IReadOnlyList<ForecastLine> Added { get; } = [.. Changes.SelectMany(change => change.Messages.Added)];

    public IReadOnlyList<ForecastLine> Dropped { get; } = [.. Changes.SelectMany(change => change.Messages.Dropped)];

    public IReadOnlyList<ForecastMove> Moved { get; } = [.. Changes.SelectMany(change => change.Messages.Moved)];

    public IReadOnlyList<ForecastMove> Changed { get; } = [.. Changes.SelectMany(change => change.Messages.Changed)];
}

public sealed record CustomerPolicyChange(Customer Customer, ForecastChange Messages);
