using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Dunning.Configuration;

namespace Dunning;

/// <summary>Creates the clients of the storage account, and the identity for all of Azure.</summary>
internal static class StorageClients
{
    public static TokenCredential Identity(StorageOptions options) =>
        new DefaultAzureCredential(new DefaultAzureCredentialOptions { ManagedIdentityClientId = options.ClientId });

    public static TableServiceClient Tables(StorageOptions options) =>
        options.IsKeyless
            ? new TableServiceClient(Endpoint(options, "table"), Identity(options))
            : new TableServiceClient(options.ConnectionString);

    public static QueueServiceClient Queues(StorageOptions options)
    {
        // Must be the same encoding as in host.json.
        var queues = new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 };
        return options.IsKeyless
            ? new QueueServiceClient(Endpoint(options, "queue"), Identity(options), queues)
            : new QueueServiceClient(options.ConnectionString, queues);
    }

    public static BlobServiceClient Blobs(StorageOptions options)
    {
        // A sender holds its claim meanwhile: it has to give up long before the claim may no longer be used.
        var blobs = new BlobClientOptions { Retry = { MaxRetries = 3, NetworkTimeout = TimeSpan.FromSeconds(20) } };
        return options.IsKeyless
            ? new BlobServiceClient(Endpoint(options, "blob"), Identity(options), blobs)
            : new BlobServiceClient(options.ConnectionString, blobs);
    }

    private static Uri Endpoint(StorageOptions options, string service) =>
        new($"https://{options.AccountName}.{service}.core.windows.net");
}
