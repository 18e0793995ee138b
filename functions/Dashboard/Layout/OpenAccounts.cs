using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Dashboard.Layout;

/// <summary>Reads all customers with their open rows, for the lists. One range read per shard, all at once.</summary>
public sealed class OpenAccounts(ReceivablesTable receivables)
{
    internal async Task<IReadOnlyList<CustomerAccount>> ReadAsync(CancellationToken cancellationToken)
    {
        var shards = await Task.WhenAll(
            receivables.Shards.All.Select(async shard =>
                await receivables.ReadAllAsync(shard, cancellationToken).ToListAsync(cancellationToken)
            )
        );
        return [.. shards.SelectMany(accounts => accounts).Where(account => account.Customer.Value.Merge is null)];
    }
}
