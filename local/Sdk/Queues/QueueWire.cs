using System.Globalization;
using Azure.Core;
using Dunning.Local.Sdk;

namespace Azure.Storage.Queues;

/// <summary>The Queue service's REST protocol for one queue: learn.microsoft.com/rest/api/storageservices/queue-service-rest-api.</summary>
internal sealed class QueueWire(StorageWire wire, string queue, QueueMessageEncoding encoding)
{
    public string Queue => queue;

    public QueueMessageEncoding Encoding => encoding;

    public Uri Uri => wire.At(queue);

    /// <summary>201 for a new queue, 204 for one that is there, 409 for one that is there with other metadata.</summary>
    public Task<Response> CreateAsync(CancellationToken cancellationToken) =>
        wire.SendAsync(wire.Message(RequestMethod.Put, queue), cancellationToken, alsoFine: 409);

    public Task<Response> DropAsync(CancellationToken cancellationToken) =>
        wire.SendAsync(wire.Message(RequestMethod.Delete, queue), cancellationToken, alsoFine: 404);

    public Task<Response> DescribeAsync(int alsoFine, CancellationToken cancellationToken) =>
        wire.SendAsync(wire.Message(RequestMethod.Get, $"{queue}?comp=metadata"), cancellationToken, alsoFine);

    public Task<Response> ClearAsync(CancellationToken cancellationToken) =>
        wire.SendAsync(wire.Message(RequestMethod.Delete, $"{queue}/messages"), cancellationToken);

    public Task<Response> SendAsync(string text, TimeSpan? visibility, TimeSpan? timeToLive, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        var path = Messages(("visibilitytimeout", Seconds(visibility)), ("messagettl", Seconds(timeToLive)));
        var message = wire.Message(RequestMethod.Post, path);
        StorageWire.SetBody(message, "application/xml", QueueXml.Body(text, encoding));
        return wire.SendAsync(message, cancellationToken);
    }

    public Task<Response> ReceiveAsync(int? count, TimeSpan? visibility, CancellationToken cancellationToken) =>
        wire.SendAsync(
            wire.Message(RequestMethod.Get, Messages(("numofmessages", count), ("visibilitytimeout", Seconds(visibility)))), cancellationToken);

    public Task<Response> PeekAsync(int? count, CancellationToken cancellationToken) =>
        wire.SendAsync(wire.Message(RequestMethod.Get, Messages(("peekonly", "true"), ("numofmessages", count))), cancellationToken);

    public Task<Response> DeleteAsync(string id, string receipt, CancellationToken cancellationToken) =>
        wire.SendAsync(wire.Message(RequestMethod.Delete, Message(id, ("popreceipt", receipt))), cancellationToken);

    public Task<Response> UpdateAsync(string id, string receipt, string? text, TimeSpan visibility, CancellationToken cancellationToken)
    {
        var message = wire.Message(RequestMethod.Put, Message(id, ("popreceipt", receipt), ("visibilitytimeout", Seconds(visibility))));
        if (text is not null) StorageWire.SetBody(message, "application/xml", QueueXml.Body(text, encoding));
        return wire.SendAsync(message, cancellationToken);
    }

    private static long? Seconds(TimeSpan? time) => time is { } span ? (long)span.TotalSeconds : null;

    private string Messages(params ReadOnlySpan<(string, object?)> query) => $"{queue}/messages" + Query(query);

    private string Message(string id, params ReadOnlySpan<(string, object?)> query) =>
        $"{queue}/messages/{Uri.EscapeDataString(id)}" + Query(query);

    private static string Query(ReadOnlySpan<(string Name, object? Value)> query)
    {
        var parts = new List<string>();
        foreach (var (name, value) in query)
            if (value is not null) parts.Add($"{name}={Uri.EscapeDataString(Convert.ToString(value, CultureInfo.InvariantCulture)!)}");
        return parts.Count == 0 ? "" : "?" + string.Join('&', parts);
    }
}
