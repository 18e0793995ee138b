using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
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

    private static Uri Endpoint(StorageOptions options, string service) =>
        new($"https://{options.AccountName}.{service}.core.windows.net");
}
