using Azure.Core;
using Dunning.Local.Sdk;

namespace Azure.Data.Tables;

/// <summary>The Table service's REST protocol for one table: learn.microsoft.com/rest/api/storageservices/table-service-rest-api.</summary>
internal sealed class TableWire(StorageWire wire, string table)
{
    public Uri Uri => wire.At(table);

    public Task<Response> CreateAsync(int alsoFine, CancellationToken cancellationToken)
    {
        var message = Message(RequestMethod.Post, "Tables");
        StorageWire.SetBody(message, "application/json", $$"""{"TableName":"{{table}}"}""");
        return wire.SendAsync(message, cancellationToken, alsoFine);
    }

    public Task<Response> DropAsync(CancellationToken cancellationToken) =>
        wire.SendAsync(Message(RequestMethod.Delete, $"Tables('{table}')"), cancellationToken, alsoFine: 404);

    public Task<Response> GetAsync(
        string partitionKey, string rowKey, IEnumerable<string>? select, int alsoFine, CancellationToken cancellationToken)
    {
        var columns = select is null ? "" : $"?$select={Uri.EscapeDataString(string.Join(',', select))}";
        var path = table + EntityRequest.Address(partitionKey, rowKey) + columns;
        return wire.SendAsync(Message(RequestMethod.Get, path), cancellationToken, alsoFine);
    }

    /// <param name="query">Everything after the question mark, escaped.</param>
    public Task<Response> QueryAsync(string query, CancellationToken cancellationToken) =>
        wire.SendAsync(Message(RequestMethod.Get, $"{table}()?{query}"), cancellationToken);

    public Task<Response> SendAsync(EntityRequest write, CancellationToken cancellationToken, int alsoFine = 0)
    {
        var message = Message(write.Method, table + write.Keys);
        if (write.IfMatch is not null) message.Request.Headers.SetValue("If-Match", write.IfMatch);
        if (write.Body is not null) StorageWire.SetBody(message, "application/json", write.Body);
        return wire.SendAsync(message, cancellationToken, alsoFine);
    }

    public async Task<Response<IReadOnlyList<Response>>> SubmitAsync(IReadOnlyList<EntityRequest> writes, CancellationToken cancellationToken)
    {
        if (writes.Count == 0) throw new InvalidOperationException("A transaction has at least one action.");
        var batch = new BatchRequest(Uri);
        var message = Message(RequestMethod.Post, "$batch");
        StorageWire.SetBody(message, batch.ContentType, batch.Write(writes));
        var response = await wire.SendAsync(message, cancellationToken);
        var parts = BatchResponse.Read(response);
        // One failing part is all the service answers when nothing was written.
        return parts.FirstOrDefault(p => p.Status >= 400) is { } failure
            ? throw new TableTransactionFailedException(StorageErrors.From(failure))
            : Response.FromValue(parts, response);
    }

    private HttpMessage Message(RequestMethod method, string path)
    {
        var message = wire.Message(method, path);
        var headers = message.Request.Headers;
        headers.SetValue("DataServiceVersion", "3.0");
        headers.SetValue("Accept", "application/json;odata=minimalmetadata");
        if (method == RequestMethod.Post) headers.SetValue("Prefer", "return-no-content");
        return message;
    }
}
