using Azure.Data.Tables;
using Dunning.Receivables.Storage;

namespace Dunning.Dashboard.Access;

/// <summary>
/// The keys of the dashboard: one row each in the partition <c>config</c> of the table <c>dunning</c>.
/// </summary>
public sealed class DashboardKeys(TableClient table, TimeProvider clock)
{
    private const string Prefix = "dashboard-key_";

    /// <returns>The stored key, and the secret that its holder types; it cannot be read again.</returns>
    public async Task<(DashboardKey Key, string Secret)> CreateAsync(
        string name,
        DashboardRole role,
        CancellationToken cancellationToken
    )
    {
        var (key, secret) = DashboardKey.Create(name, role, clock.GetUtcNow());
        await table.AddEntityAsync(Rows.Write(Keys.ConfigPartition, Prefix + key.Id, key), cancellationToken);
        return (key, secret);
    }

    /// <summary>A revoked key, too.</summary>
    public async Task<DashboardKey?> FindAsync(string id, CancellationToken cancellationToken)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(
            Keys.ConfigPartition,
            Prefix + Keys.Escape(id),
            cancellationToken: cancellationToken
        );
        return row.HasValue ? Rows.Read<DashboardKey>(row.Value!) : null;
    }

    /// <returns>The key that a person typed; null when it is unknown or revoked.</returns>
    public async Task<DashboardKey?> VerifyAsync(string secret, CancellationToken cancellationToken) =>
        DashboardKey.IdOf(secret) is { } id
        && await FindAsync(id, cancellationToken) is { } key
        && key.IsOpenedBy(secret)
            ? key
            : null;

    /// <summary>Revoked keys, too; oldest first.</summary>
    public async Task<IReadOnlyList<DashboardKey>> ListAsync(CancellationToken cancellationToken)
    {
        List<DashboardKey> keys = [];
        await foreach (
            var row in table.QueryAsync<TableEntity>(
                Keys.FilterOf(Keys.ConfigPartition, Prefix),
                cancellationToken: cancellationToken
            )
        )
            keys.Add(Rows.Read<DashboardKey>(row));
        return [.. keys.OrderBy(key => key.CreatedAt).ThenBy(key => key.Id, StringComparer.Ordinal)];
    }

    /// <summary>Ends the sessions of the key with their next request. Repeating it changes nothing.</summary>
    /// <returns>Null when there is no such key.</returns>
    public async Task<DashboardKey?> RevokeAsync(string id, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, cancellationToken) is not { } key)
            return null;
        var revoked = key with { RevokedAt = key.RevokedAt ?? clock.GetUtcNow() };
        await table.UpsertEntityAsync(
            Rows.Write(Keys.ConfigPartition, Prefix + key.Id, revoked),
            TableUpdateMode.Replace,
            cancellationToken
        );
        return revoked;
    }
}
