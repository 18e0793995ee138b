using Azure.Data.Tables;

namespace Dunning.Receivables.Storage;

/// <summary>How far an inbox is read (RFC 3501 section 2.3.1.1).</summary>
/// <param name="UidValidity">When the server changes it, the ids of all messages are new.</param>
/// <param name="LastUid">All messages up to this one are stored.</param>
/// <param name="Since">The day before the inbox was read first: older messages are not read.</param>
public sealed record InboxPosition(uint UidValidity, uint LastUid, DateOnly Since) : StoredRecord;

/// <summary>One row per inbox in the partition <c>config</c>.</summary>
public sealed class InboxProgress(TableClient table)
{
    /// <param name="inbox">Server, user and folder.</param>
    public async Task<InboxPosition?> ReadAsync(string inbox, CancellationToken cancellationToken)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(
            Keys.ConfigPartition,
            KeyOf(inbox),
            cancellationToken: cancellationToken
        );
        return row.HasValue ? Rows.Read<InboxPosition>(row.Value!) : null;
    }

    public Task WriteAsync(string inbox, InboxPosition position, CancellationToken cancellationToken) =>
        table.UpsertEntityAsync(
            Rows.Write(Keys.ConfigPartition, KeyOf(inbox), position),
            TableUpdateMode.Replace,
            cancellationToken
        );

    private static string KeyOf(string inbox) => $"inbox-{Ids.Hash('i', inbox)}";
}
