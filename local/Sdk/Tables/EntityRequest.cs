using Azure.Core;

namespace Azure.Data.Tables;

/// <summary>One write to one row, as it is sent alone or as a part of a transaction.</summary>
/// <param name="Keys">The row's address after the table's name, percent-escaped; empty for an insert.</param>
internal sealed record EntityRequest(RequestMethod Method, string Keys, string? Body, string? IfMatch)
{
    public static EntityRequest Add(ITableEntity entity) => new(RequestMethod.Post, "", EntityJson.Write(entity), null);

    public static EntityRequest Update(ITableEntity entity, ETag ifMatch, TableUpdateMode mode) =>
        Upsert(entity, mode) with { IfMatch = Condition(ifMatch) };

    public static EntityRequest Upsert(ITableEntity entity, TableUpdateMode mode)
    {
        var method = mode == TableUpdateMode.Replace ? RequestMethod.Put : RequestMethod.Patch;
        return new EntityRequest(method, Address(entity.PartitionKey, entity.RowKey), EntityJson.Write(entity), null);
    }

    public static EntityRequest Delete(string partitionKey, string rowKey, ETag ifMatch) =>
        new(RequestMethod.Delete, Address(partitionKey, rowKey), null, Condition(ifMatch));

    public static EntityRequest From(TableTransactionAction action) => action.ActionType switch
    {
        TableTransactionActionType.Add => Add(action.Entity),
        TableTransactionActionType.UpdateMerge => Update(action.Entity, action.ETag, TableUpdateMode.Merge),
        TableTransactionActionType.UpdateReplace => Update(action.Entity, action.ETag, TableUpdateMode.Replace),
        TableTransactionActionType.UpsertMerge => Upsert(action.Entity, TableUpdateMode.Merge),
        TableTransactionActionType.UpsertReplace => Upsert(action.Entity, TableUpdateMode.Replace),
        TableTransactionActionType.Delete => Delete(action.Entity.PartitionKey, action.Entity.RowKey, action.ETag),
        _ => throw new ArgumentOutOfRangeException(nameof(action)),
    };

    public static string Address(string partitionKey, string rowKey) =>
        $"(PartitionKey='{Escape(partitionKey)}',RowKey='{Escape(rowKey)}')";

    /// <summary>OData doubles a quote inside a literal; the rest is percent-escaping.</summary>
    private static string Escape(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Uri.EscapeDataString(key.Replace("'", "''", StringComparison.Ordinal));
    }

    private static string Condition(ETag ifMatch) => ifMatch == default ? ETag.All.ToString() : ifMatch.ToString("H");
}
