using System.Text;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Dunning.Payments.Webhooks;
using Dunning.Receivables.Storage;

namespace Dunning.Tests.Fixtures;

/// <summary>What the tables and containers hold, as one text, to search for data that must not be stored.</summary>
internal static class StorageText
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

    public static async Task<string> ReadAsync(TableServiceClient tables, BlobServiceClient blobs)
    {
        var text = new StringBuilder(await ReadAsync(tables));
        foreach (var container in Containers.All.Select(blobs.GetBlobContainerClient))
        {
            await foreach (var blob in container.GetBlobsAsync())
                text.AppendLine(blob.Name)
                    .AppendLine(
                        (await container.GetBlobClient(blob.Name).DownloadContentAsync()).Value.Content.ToString()
                    );
        }
        return text.ToString();
    }
}
