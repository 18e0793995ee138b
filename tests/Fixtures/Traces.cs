using System.Text;
using Azure.Data.Tables;
using Dunning.Payments.Webhooks;
using Dunning.Receivables.Storage;

namespace Dunning.Tests.Fixtures;

/// <summary>All that storage holds, as one text: what is searched for in it and not found is nowhere.</summary>
internal static class Traces
{
    public static async Task<string> ReadAsync(TableServiceClient storage)
    {
        var text = new StringBuilder();
        foreach (var table in Tables.All)
        {
            await foreach (var row in storage.GetTableClient(table).QueryAsync<TableEntity>())
            {
                text.AppendJoin(' ', row.Select(column => $"{column.Key}={column.Value}")).AppendLine();
                if (table == Tables.Inbox && row.GetString("Json") is not null)
                    text.AppendLine(Encoding.UTF8.GetString(Rows.Read<WebhookDelivery>(row).ToRequest().Body.Span));
            }
        }
        return text.ToString();
    }
}
