#nullable disable // As the official assembly: callers see oblivious types in both editions.
using Azure.Storage.Queues.Models;

namespace Azure.Storage.Queues;

public class QueueClient
{
    private readonly QueueWire _wire;

    protected QueueClient()
    {
    }

    internal QueueClient(QueueWire wire, string account)
    {
        _wire = wire;
        AccountName = account;
        Name = wire.Queue;
    }

    public virtual string AccountName { get; }

    public virtual string Name { get; }

    public virtual Uri Uri => _wire.Uri;

    /// <summary>Null if the queue was there already, as the official client answers.</summary>
    public virtual async Task<Response> CreateIfNotExistsAsync(
        IDictionary<string, string> metadata = null, CancellationToken cancellationToken = default)
    {
        if (metadata is { Count: > 0 }) throw new NotSupportedException("The local edition keeps no metadata on queues.");
        var response = await _wire.CreateAsync(cancellationToken);
        return response.Status == 201 ? response : null;
    }

    public virtual async Task<Response<bool>> DeleteIfExistsAsync(CancellationToken cancellationToken = default)
    {
        var response = await _wire.DropAsync(cancellationToken);
        return Response.FromValue(response.Status != 404, response);
    }

    public virtual async Task<Response<bool>> ExistsAsync(CancellationToken cancellationToken = default)
    {
        var response = await _wire.DescribeAsync(alsoFine: 404, cancellationToken);
        return Response.FromValue(response.Status != 404, response);
    }

    public virtual async Task<Response<QueueProperties>> GetPropertiesAsync(CancellationToken cancellationToken = default)
    {
        var response = await _wire.DescribeAsync(alsoFine: 0, cancellationToken);
        return Response.FromValue(QueueXml.Properties(response), response);
    }

    public virtual Task<Response> ClearMessagesAsync(CancellationToken cancellationToken = default) => _wire.ClearAsync(cancellationToken);

    public virtual Task<Response<SendReceipt>> SendMessageAsync(string messageText) => SendMessageAsync(messageText, null, null, default);

    public virtual Task<Response<SendReceipt>> SendMessageAsync(string messageText, CancellationToken cancellationToken = default) =>
        SendMessageAsync(messageText, null, null, cancellationToken);

    public virtual async Task<Response<SendReceipt>> SendMessageAsync(
        string messageText, TimeSpan? visibilityTimeout = null, TimeSpan? timeToLive = null, CancellationToken cancellationToken = default)
    {
        var response = await _wire.SendAsync(messageText, visibilityTimeout, timeToLive, cancellationToken);
        return Response.FromValue(QueueXml.Sent(response), response);
    }

    public virtual async Task<Response<QueueMessage[]>> ReceiveMessagesAsync(
        int? maxMessages = null, TimeSpan? visibilityTimeout = null, CancellationToken cancellationToken = default)
    {
        var response = await _wire.ReceiveAsync(maxMessages, visibilityTimeout, cancellationToken);
        return Response.FromValue(QueueXml.Received(response, _wire.Encoding), response);
    }

    public virtual async Task<Response<PeekedMessage[]>> PeekMessagesAsync(
        int? maxMessages = null, CancellationToken cancellationToken = default)
    {
        var response = await _wire.PeekAsync(maxMessages, cancellationToken);
        return Response.FromValue(QueueXml.Peeked(response, _wire.Encoding), response);
    }

    public virtual Task<Response> DeleteMessageAsync(string messageId, string popReceipt, CancellationToken cancellationToken = default) =>
        _wire.DeleteAsync(messageId, popReceipt, cancellationToken);

    /// <param name="messageText">Null leaves the text as it is.</param>
    public virtual async Task<Response<UpdateReceipt>> UpdateMessageAsync(
        string messageId,
        string popReceipt,
        string messageText = null,
        TimeSpan visibilityTimeout = default,
        CancellationToken cancellationToken = default)
    {
        var response = await _wire.UpdateAsync(messageId, popReceipt, messageText, visibilityTimeout, cancellationToken);
        return Response.FromValue(QueueXml.Updated(response), response);
    }
}
