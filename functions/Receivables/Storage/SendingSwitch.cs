using Azure;
using Azure.Data.Tables;

namespace Dunning.Receivables.Storage;

/// <summary>
/// Stops all sending: one row in the partition <c>config</c>. A sender reads it between its claim and the sending, so
/// that no message claimed after an answered stop is sent. <c>infra/book.cs</c> writes the row into a restored table.
/// </summary>
public sealed class SendingSwitch(TableClient table)
{
    private const string Key = "sending";
    private const int MaxAttempts = 10;

    /// <summary>Whether it is the row that this class writes.</summary>
    internal static bool IsKeyOf(string partition, string row) => (partition, row) == (Keys.ConfigPartition, Key);

    public async Task<bool> IsStoppedAsync(CancellationToken cancellationToken) =>
        (await ReadAsync(cancellationToken)).Stop is not null;

    public async Task<SendingState> ReadAsync(CancellationToken cancellationToken) =>
        (await FindAsync(cancellationToken))?.Value ?? SendingState.Initial;

    /// <returns>The state that is stored afterwards.</returns>
    public async Task<SendingState> ChangeAsync(
        Func<SendingState, SendingState> change,
        CancellationToken cancellationToken
    )
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var before = await FindAsync(cancellationToken);
            var state = before?.Value ?? SendingState.Initial;
            var changed = change(state);
            if (changed == state)
                return state;
            try
            {
                var row = Rows.Write(Keys.ConfigPartition, Key, changed);
                if (before is null)
                    await table.AddEntityAsync(row, cancellationToken);
                else
                    await table.UpdateEntityAsync(row, before.Version, TableUpdateMode.Replace, cancellationToken);
                return changed;
            }
            catch (RequestFailedException conflict) when (conflict.Status is 409 or 412)
            {
                // Another change, or our own whose response was lost: read again, decide again.
            }
        }
        throw new InvalidOperationException("Other requests kept changing whether messages are sent. Try again.");
    }

    private async Task<Versioned<SendingState>?> FindAsync(CancellationToken cancellationToken)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(
            Keys.ConfigPartition,
            Key,
            cancellationToken: cancellationToken
        );
        return row.HasValue ? Rows.ReadVersioned<SendingState>(row.Value!) : null;
    }
}
