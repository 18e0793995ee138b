#nullable disable // As the official assembly: callers see oblivious types in both editions.
using Azure.Core;
using Dunning.Local.Sdk;

namespace Azure.Data.Tables;

public class TableServiceClient
{
    private readonly StorageWire _wire;
    private readonly string _account;

    protected TableServiceClient()
    {
    }

    public TableServiceClient(string connectionString) : this(connectionString, null)
    {
    }

    public TableServiceClient(string connectionString, TableClientOptions options = null)
    {
        var account = StorageAccount.Parse(connectionString);
        _account = account.Name;
        options ??= new TableClientOptions();
        _wire = new StorageWire(account.Tables, options, new TableSignature(account), options.Version);
    }

    public TableServiceClient(Uri endpoint, TokenCredential tokenCredential, TableClientOptions options = null)
    {
        _account = StorageAccount.NameIn(endpoint);
        options ??= new TableClientOptions();
        _wire = new StorageWire(endpoint, options, StorageWire.Bearer(tokenCredential), options.Version);
    }

    public virtual string AccountName => _account;

    public virtual Uri Uri => _wire.Endpoint;

    public virtual TableClient GetTableClient(string tableName) => new(_wire, _account, tableName);
}
