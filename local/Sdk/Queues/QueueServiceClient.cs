#nullable disable // As the official assembly: callers see oblivious types in both editions.
using Azure.Core;
using Dunning.Local.Sdk;

namespace Azure.Storage.Queues;

public class QueueServiceClient
{
    private readonly StorageWire _wire;
    private readonly QueueMessageEncoding _encoding;
    private readonly string _account;

    protected QueueServiceClient()
    {
    }

    public QueueServiceClient(string connectionString) : this(connectionString, null)
    {
    }

    public QueueServiceClient(string connectionString, QueueClientOptions options)
    {
        var account = StorageAccount.Parse(connectionString);
        options ??= new QueueClientOptions();
        _account = account.Name;
        _encoding = options.MessageEncoding;
        _wire = new StorageWire(account.Queues, options, new QueueSignature(account), options.WireVersion);
    }

    public QueueServiceClient(Uri serviceUri, TokenCredential credential, QueueClientOptions options = null)
    {
        options ??= new QueueClientOptions();
        _account = StorageAccount.NameIn(serviceUri);
        _encoding = options.MessageEncoding;
        _wire = new StorageWire(serviceUri, options, StorageWire.Bearer(credential), options.WireVersion);
    }

    public virtual string AccountName => _account;

    public virtual Uri Uri => _wire.Endpoint;

    public virtual QueueClient GetQueueClient(string queueName) => new(new QueueWire(_wire, queueName, _encoding), _account);
}
